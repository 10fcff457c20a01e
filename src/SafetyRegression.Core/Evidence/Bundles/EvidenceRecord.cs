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
