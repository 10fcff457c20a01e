namespace SafetyRegression;

/// <summary>The score of one (capability item, sample), without any text: neither what was read out of the answer nor why it could not be scored.</summary>
/// <param name="Outcome">What became of the answer.</param>
/// <param name="Value">What it is worth, 0–1.</param>
public readonly record struct StoredScore(CapabilityOutcome Outcome, double Value);
