using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>What every paired finding says, whatever is compared: rates of both arms, their difference with its interval, and the status. Fractions 0–1.</summary>
public abstract record PairedFinding
{
    /// <summary>Names the finding within its analysis: <c>overall</c>, a category, a task, or one of them and a stratum.</summary>
    [JsonPropertyOrder(-1)]
    public required string Id { get; init; }

    /// <summary>Independent units (seed prompts) with at least one scored pair.</summary>
    public required int Clusters { get; init; }

    /// <summary>The baseline's rate or mean on the scored pairs (weighted when prompts carry weights).</summary>
    public required double BaselineRate { get; init; }

    /// <summary>The candidate's rate or mean on the scored pairs (weighted when prompts carry weights).</summary>
    public required double CandidateRate { get; init; }

    /// <summary>Candidate − baseline.</summary>
    public required double Delta { get; init; }

    /// <summary>Two-sided 1 − 2α interval of <see cref="Delta"/>.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>How <see cref="Interval"/> was made.</summary>
    public required string IntervalMethod { get; init; }

    /// <summary>The test.</summary>
    public required string Test { get; init; }

    /// <summary>The test statistic, where there is one.</summary>
    public double? Statistic { get; init; }

    /// <summary>The change for the worse that is tolerated; &gt; 0.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What the evidence says.</summary>
    public required RegressionStatus Status { get; init; }

    /// <summary>
    /// Whether the interval proves the status; <see langword="false"/> when a point-estimate policy says more than the data show, and in a zero-tolerance
    /// category without a breach whose interval does not show the change to be within the tolerance: its own rule decided, not the interval.
    /// </summary>
    public required bool Demonstrated { get; init; }

    /// <summary>Whether a change for the better is shown.</summary>
    public required bool Improved { get; init; }

    /// <summary>The smallest change for the worse that this number of pairs would have detected with 80 % power; <see langword="null"/> when none.</summary>
    public double? SmallestDetectableDrop { get; init; }

    /// <summary>
    /// When inconclusive: about how many pairs, in all, decide with 80 % power under <see cref="PairsAssumption"/>; more than there are.
    /// <see langword="null"/> when no number can be said, as for tests that ignore pairing.
    /// </summary>
    public int? PairsNeeded { get; init; }

    /// <summary>What <see cref="PairsNeeded"/> takes for granted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public PairsAssumption PairsAssumption { get; init; }

    /// <summary>The change if every unscored answer counted against the candidate.</summary>
    public required double WorstCaseDelta { get; init; }

    /// <summary>The change if every unscored answer counted in the candidate's favour.</summary>
    public required double BestCaseDelta { get; init; }

    /// <summary>What to know about the numbers.</summary>
    public ImmutableArray<StatisticalWarning> Warnings { get => field.IsDefault ? [] : field; init; } = [];
}
