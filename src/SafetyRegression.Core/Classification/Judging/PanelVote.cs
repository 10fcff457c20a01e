namespace SafetyRegression.Classification;

/// <summary>What one judge of a panel said about one answer.</summary>
/// <param name="Judge">Who it is; its verdict may name a stage inside it.</param>
/// <param name="Verdict">Its verdict.</param>
internal sealed record PanelVote(ClassifierIdentity Judge, ResponseVerdict Verdict);
