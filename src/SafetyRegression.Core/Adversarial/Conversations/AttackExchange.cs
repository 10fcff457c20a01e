namespace SafetyRegression;

/// <summary>One message of the attacker and the reply to it. <see cref="ToString"/> withholds the texts.</summary>
/// <param name="Move">The message.</param>
/// <param name="Reply">The reply.</param>
/// <param name="Outcome">What the reply is.</param>
public sealed record AttackExchange(AttackMove Move, AnswerTurn Reply, Outcome Outcome)
{
    /// <summary>Message and outcome; the texts are withheld.</summary>
    public override string ToString() => $"{Move} → {Outcome}";
}
