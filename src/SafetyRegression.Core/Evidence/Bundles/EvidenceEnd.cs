namespace SafetyRegression.Bundles;

/// <summary>What the report was made with besides plan and outcomes.</summary>
internal sealed record EvidenceEnd
{
    public DateTimeOffset? AsOf { get; init; }

    public required PlanTiming Timing { get; init; }

    public DateTimeOffset? FrozenAt { get; init; }

    public string? OriginalPlan { get; init; }

    /// <summary>What the judges did, and how they did against people.</summary>
    public JudgingEvidence? Judging { get; init; }

    /// <summary>How much the baseline differs from itself, when it was measured.</summary>
    public NoiseFloor? NoiseFloor { get; init; }

    /// <summary>What the host added to the report.</summary>
    public HostAdditions? Additions { get; init; }
}
