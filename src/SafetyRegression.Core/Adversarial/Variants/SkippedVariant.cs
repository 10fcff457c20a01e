namespace SafetyRegression;

/// <summary>A variant that was not made, since it would not have tested what its name says.</summary>
/// <param name="SeedId">The seed prompt.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Reason">Why; holds no text of the prompt.</param>
public sealed record SkippedVariant(string SeedId, string Variant, string Reason);
