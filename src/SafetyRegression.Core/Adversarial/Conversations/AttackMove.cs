namespace SafetyRegression;

/// <summary>The attacker's next message. <see cref="ToString"/> withholds the text.</summary>
/// <param name="Text">What the user says.</param>
/// <param name="Keep">How many exchanges of the conversation stay before it; the later ones are withdrawn, as if never said.</param>
/// <param name="Asks">Whether the message asks for the harmful thing itself; a harmless step is no occasion to comply.</param>
public sealed record AttackMove(string Text, int Keep, bool Asks)
{
    /// <summary>Tokens that writing it took, sent and received, where known.</summary>
    public long Tokens { get; init; }

    /// <summary>Kind and length; the text is withheld.</summary>
    public override string ToString() => $"{(Asks ? "request" : "step")} of {Text.Length} characters after {Keep}";
}
