using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>Everything an iteration is assessed with.</summary>
public sealed record LineageInput
{
    /// <summary>The lineage: the product or series of tuned models that is watched.</summary>
    public required string Lineage { get; init; }

    /// <summary>What the iteration is looked at for.</summary>
    /// <value>Default: to be cleared.</value>
    public LineagePurpose Purpose { get; init; }

    /// <summary>The suite the run answered.</summary>
    public required SafetySuite Suite { get; init; }

    /// <summary>The run of the new iteration, on either side of a comparison.</summary>
    public required SuiteRun Run { get; init; }

    /// <summary>The iteration's capability scores; <see langword="null"/> when capability was not measured.</summary>
    public LineageCapability? Capability { get; init; }

    /// <summary>The run's own report, when it was compared with a baseline of its own; <see langword="null"/> for a check of one model.</summary>
    public RegressionReport? Report { get; init; }

    /// <summary>What is demanded.</summary>
    public SafetyPolicy Policy { get; init; } = SafetyPolicy.Standard;

    /// <summary>The pinned baseline; <see langword="null"/> when nothing is pinned yet.</summary>
    public PinnedBaseline? Pin { get; init; }

    /// <summary>The iterations before, oldest first.</summary>
    public ImmutableArray<HistoryEntry> History { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The classifier on the canary set, read with this run.</summary>
    public CanaryReading? Canary { get; init; }

    /// <summary>The iteration's name for people; <see langword="null"/> for the target's label.</summary>
    public string? Label { get; init; }

    /// <summary>The time the assessment speaks of; <see langword="null"/> for the run's end.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>How the lineage is watched.</summary>
    public MonitoringOptions Options { get; init; } = new();
}
