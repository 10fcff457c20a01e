namespace SafetyRegression.Classification;

/// <summary>How far two judges of a panel agree.</summary>
public sealed record JudgePair
{
    /// <summary>Their names, joined by " / ".</summary>
    public required string Judges { get; init; }

    /// <summary>Cohen's κ; <see langword="null"/> when it is not defined.</summary>
    public double? Kappa { get; init; }
}
