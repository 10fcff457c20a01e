namespace SafetyRegression.Bundles;

/// <summary>A verdict of one arm.</summary>
internal sealed record ArmOutcome(Arm Arm, SampleVerdict Verdict);
