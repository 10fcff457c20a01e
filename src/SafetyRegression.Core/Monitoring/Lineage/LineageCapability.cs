namespace SafetyRegression;

/// <summary>A capability suite and the scored answers of the iteration that is watched.</summary>
/// <param name="Suite">The suite that was asked.</param>
/// <param name="Run">The iteration's scores, on either side of a comparison.</param>
public sealed record LineageCapability(CapabilitySuite Suite, CapabilityRun Run);
