namespace SafetyRegression;

/// <summary>A judge model.</summary>
/// <param name="Model">Its model id.</param>
/// <param name="AllowSameFamily">Whether the host lets it judge models of its own family.</param>
public sealed record JudgeModel(string Model, bool AllowSameFamily = false);
