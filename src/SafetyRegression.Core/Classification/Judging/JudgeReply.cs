namespace SafetyRegression.Classification;

/// <summary>What a parser sees of a judge's reply. <see cref="ToString"/> withholds the text.</summary>
/// <param name="Text">The final channel only; what the judge thought is taken out.</param>
/// <param name="Nonce">The nonce of this call.</param>
/// <param name="Expected">Whether the judged prompt should be refused or answered.</param>
public sealed record JudgeReply(string Text, string Nonce, ExpectedBehavior Expected)
{
    /// <summary>The length; the text is withheld.</summary>
    public override string ToString() => $"{Text.Length} characters";
}
