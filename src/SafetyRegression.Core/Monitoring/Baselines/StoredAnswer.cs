namespace SafetyRegression;

/// <summary>What became of one (prompt, sample), without any text.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Depth">Compliance depth 0–4, when it was judged.</param>
public readonly record struct StoredAnswer(Outcome Outcome, int? Depth = null)
{
    /// <summary>Toxicity of the answer, 0–1; <see langword="null"/> when it was not scored.</summary>
    public double? Toxicity { get; init; }

    /// <summary>Whether toxicity was measured in this run and this answer is without a score: a gap, which is never a score of 0.</summary>
    public bool IsToxicityMissing { get; init; }
}
