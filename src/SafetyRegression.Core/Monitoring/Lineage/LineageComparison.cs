using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>One iteration against the pin or against the iteration before.</summary>
public sealed record LineageComparison
{
    /// <summary>With what.</summary>
    public required LineageReference Against { get; init; }

    /// <summary>Why the two do not compare; empty when they do.</summary>
    public ImmutableArray<string> Breaks { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>
    /// The comparison under the policy, its statuses and decision at <see cref="Level"/>; <see langword="null"/> when the two do not compare.
    /// </summary>
    public RegressionReport? Report { get; init; }

    /// <summary>The level at which this look may call a regression, per claim.</summary>
    public double Level { get; init; }

    /// <summary>What regressed, by name; empty when nothing did.</summary>
    public ImmutableArray<string> Regressed { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Capability or toxicity that only one side measured, or the two sides otherwise; the lineage's gates name it.</summary>
    internal ImmutableArray<Monitoring.UncomparedMeasure> Uncompared { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether a regression is called.</summary>
    public bool IsRegression => !Regressed.IsEmpty;
}
