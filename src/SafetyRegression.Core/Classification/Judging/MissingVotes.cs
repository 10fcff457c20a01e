namespace SafetyRegression.Classification;

/// <summary>The votes one judge of a panel did not give.</summary>
/// <param name="Judge">The judge's name.</param>
/// <param name="Count">Answers without its vote.</param>
public sealed record MissingVotes(string Judge, long Count);
