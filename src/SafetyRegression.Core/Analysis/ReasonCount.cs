namespace SafetyRegression;

/// <summary>How many answers of each arm have no verdict for one reason.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Baseline">The baseline's answers.</param>
/// <param name="Candidate">The candidate's answers.</param>
public sealed record ReasonCount(UndeterminedReason Reason, int Baseline, int Candidate);
