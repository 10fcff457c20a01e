namespace SafetyRegression.Bundles;

/// <summary>A capability score of one arm.</summary>
internal sealed record ArmScore(Arm Arm, CapabilitySample Sample);
