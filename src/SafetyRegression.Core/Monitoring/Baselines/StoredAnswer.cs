namespace SafetyRegression;

/// <summary>What became of one (prompt, sample), without any text.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Depth">Compliance depth 0–4, when it was judged.</param>
public readonly record struct StoredAnswer(Outcome Outcome, int? Depth = null);
