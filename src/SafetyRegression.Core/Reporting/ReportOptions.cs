using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What a host adds to a comparison beyond suite, runs and policy.</summary>
public sealed record ReportOptions
{
    /// <summary>The time the report speaks of; by default the end of the later run.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Permits comparing a target with itself (an A/A run).</summary>
    public bool AllowSameTarget { get; init; }

    /// <summary>Both arms' scored answers to a capability suite; without them the capability gate is not configured.</summary>
    public CapabilityComparison? Capability { get; init; }

    /// <summary>What is known of the judges; by default nothing, which leaves a judge's labels uncalibrated.</summary>
    public JudgingEvidence Judging { get; init; } = JudgingEvidence.None;

    /// <summary>Adaptive attacks on both arms, one comparison for each attacker.</summary>
    public ImmutableArray<AttackComparison> Attacks { get => field.IsDefault ? [] : field; init; }

    /// <summary>How much the baseline differs from itself: shown in the report, and widens findings where whole runs differ.</summary>
    public NoiseFloor? NoiseFloor { get; init; }

    /// <summary>Gates evaluated after the default ones.</summary>
    public ImmutableArray<IDeploymentGate> AdditionalGates { get; init; } = [];
}
