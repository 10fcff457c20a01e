namespace SafetyRegression.Monitoring;

/// <summary>Capability or toxicity that a comparison leaves out.</summary>
/// <param name="Id">The gate whose matter it is: <c>capability</c> or <c>toxicity</c>.</param>
/// <param name="Why">Why the two sides do not compare, as a clause.</param>
/// <param name="OnBothSides">Whether both sides were measured, but not alike.</param>
internal sealed record UncomparedMeasure(string Id, string Why, bool OnBothSides);
