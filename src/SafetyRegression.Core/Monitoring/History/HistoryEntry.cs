using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression;

/// <summary>One iteration of a lineage: outcomes, rates and what was decided. Holds no text.</summary>
public sealed record HistoryEntry
{
    /// <summary>The number of the iteration in its lineage, from 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Label { get; init; }

    /// <summary>When it was observed (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The id of its report, if it has one.</summary>
    public string? ReportId { get; init; }

    /// <summary>The outcomes.</summary>
    public required StoredRun Run { get; init; }

    /// <summary>The rates under the policy of the time.</summary>
    public required RunRates Rates { get; init; }

    /// <summary>The digest of the baseline that was pinned, if one was.</summary>
    public string? Pin { get; init; }

    /// <summary>The number of the comparison with that pin, from 1; 0 when there was none.</summary>
    public int Look { get; init; }

    /// <summary>What was recommended, lineage included.</summary>
    public required DeploymentRecommendation Recommendation { get; init; }

    /// <summary>What regressed against the pin, by name.</summary>
    public ImmutableArray<string> RegressedSincePin { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What regressed against the iteration before, by name.</summary>
    public ImmutableArray<string> RegressedSincePrevious { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Control charts out of their limits.</summary>
    public ImmutableArray<DriftSignal> Signals { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The classifier on the canary set, if it was read.</summary>
    public CanaryReading? Canary { get; init; }

    /// <summary>The time after which the recommendation no longer holds.</summary>
    public DateTimeOffset ValidUntil { get; init; }

    /// <summary>Number, name and recommendation.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"#{Iteration} {Label}: {Recommendation}");
}
