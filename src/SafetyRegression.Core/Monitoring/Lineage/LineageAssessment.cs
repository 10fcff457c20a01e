using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What the lineage says about an iteration: against the pin, against the iteration before, and by the control charts.</summary>
public sealed record LineageAssessment
{
    /// <summary>The lineage.</summary>
    public required string Lineage { get; init; }

    /// <summary>What the iteration was looked at for.</summary>
    public LineagePurpose Purpose { get; init; }

    /// <summary>The number of the iteration, from 1.</summary>
    public required int Iteration { get; init; }

    /// <summary>The number of the comparison with the pin, from 1; 0 when nothing comparable is pinned.</summary>
    public required int Look { get; init; }

    /// <summary>How many comparisons share α.</summary>
    public required int PlannedLooks { get; init; }

    /// <summary>Against the pinned baseline; <see langword="null"/> when nothing is pinned.</summary>
    public LineageComparison? AgainstPin { get; init; }

    /// <summary>Against the iteration before; <see langword="null"/> for the first one.</summary>
    public LineageComparison? AgainstPrevious { get; init; }

    /// <summary>Control charts out of their limits.</summary>
    public ImmutableArray<DriftSignal> Signals { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether the judge labels the fixed answers otherwise than it did at the pin: then no difference is read as the model's.</summary>
    public bool JudgeDrifted { get; init; }

    /// <summary>The gates of the lineage.</summary>
    public required ImmutableArray<GateResult> Gates { get; init; }

    /// <summary>The most cautious of what those gates and the run's own report allow.</summary>
    public required DeploymentRecommendation Recommendation { get; init; }

    /// <summary>
    /// The run's own report, or else the comparison with the pin, with the lineage in it: the trend, its gates, and the more cautious recommendation.
    /// <see langword="null"/> when there is neither.
    /// </summary>
    public RegressionReport? Report { get; init; }

    /// <summary>The rates over the iterations.</summary>
    public required ReportTrend Trend { get; init; }

    /// <summary>The iteration as it goes into the history, with this assessment's recommendation.</summary>
    public required HistoryEntry Entry { get; init; }

    /// <summary>Whether a regression against the pin or the iteration before is called.</summary>
    public bool IsRegression => AgainstPin is { IsRegression: true } || AgainstPrevious is { IsRegression: true };

    /// <summary>Lineage, iteration and recommendation.</summary>
    public override string ToString() => $"{Lineage} #{Iteration}: {Recommendation}";
}
