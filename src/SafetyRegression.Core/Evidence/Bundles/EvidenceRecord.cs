namespace SafetyRegression.Bundles;

/// <summary>One line of <c>outcomes.jsonl</c>: the hash of the line before, and exactly one content.</summary>
internal sealed record EvidenceRecord
{
    /// <summary>SHA-256 of the line before; of <c>plan.json</c> on the first line.</summary>
    public required string P { get; init; }

    /// <summary>What is known of a whole arm; its verdicts follow.</summary>
    public SuiteRun? Run { get; init; }

    public ArmOutcome? Outcome { get; init; }

    public CapabilityRun? CapabilityRun { get; init; }

    public ArmScore? Score { get; init; }

    /// <summary>What is known of all attacks of one attacker; their results follow.</summary>
    public AttackComparison? Attacks { get; init; }

    public AttackResult? Attack { get; init; }

    /// <summary>The last line.</summary>
    public EvidenceEnd? End { get; init; }
}

/// <summary>A verdict of one arm.</summary>
internal sealed record ArmOutcome(Arm Arm, SampleVerdict Verdict);

/// <summary>A capability score of one arm.</summary>
internal sealed record ArmScore(Arm Arm, CapabilitySample Sample);

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
