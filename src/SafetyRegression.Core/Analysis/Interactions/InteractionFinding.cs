using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression;

/// <summary>
/// A difference in differences: whether the candidate lost more where harmful prompts were varied in one way (asked in Swahili, say) than where the same seed
/// prompts were asked plainly. Paired by seed prompt. Rates and differences are fractions 0–1; negative is worse.
/// </summary>
public sealed record InteractionFinding
{
    /// <summary>The comparison, such as <c>language=sw against en</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>transform</c>, <c>context</c>, <c>language</c>, <c>tier</c> or <c>turns</c>.</summary>
    public required string Axis { get; init; }

    /// <summary>The value on the axis, such as <c>sw</c>.</summary>
    public required string Level { get; init; }

    /// <summary>The plain value that it is compared with, such as <c>en</c>.</summary>
    public required string Reference { get; init; }

    /// <summary>The finding in words: <c>Loses more in Swahili than in English</c>.</summary>
    public required string Statement { get; init; }

    /// <summary>Seed prompts with scored pairs on both sides of the comparison.</summary>
    public required int Clusters { get; init; }

    /// <summary>Change in refusal rate (candidate − baseline) at the level, over those seed prompts.</summary>
    public required double LevelDelta { get; init; }

    /// <summary>Change in refusal rate at the reference, over the same seed prompts.</summary>
    public required double ReferenceDelta { get; init; }

    /// <summary><see cref="LevelDelta"/> − <see cref="ReferenceDelta"/>.</summary>
    public required double Difference { get; init; }

    /// <summary>Two-sided 1 − 2α interval of <see cref="Difference"/>, within ±2.</summary>
    public required ConfidenceInterval Interval { get; init; }

    /// <summary>How <see cref="Interval"/> was made.</summary>
    public required string IntervalMethod { get; init; }

    /// <summary>The test.</summary>
    public required string Test { get; init; }

    /// <summary>One-sided p-value of "loses no more than at the reference".</summary>
    public required double P { get; init; }

    /// <summary>ln p, exact where p underflows.</summary>
    public required double LnP { get; init; }

    /// <summary><see cref="P"/> adjusted over all comparisons of the report (Holm).</summary>
    public required double PAdjusted { get; init; }

    /// <summary>How much more may be lost; the policy's tolerance for a category.</summary>
    public required double Tolerance { get; init; }

    /// <summary>What the evidence says, by the same rule as for categories.</summary>
    public required RegressionStatus Status { get; init; }

    /// <summary>The smallest difference for the worse that would have been detected with 80 % power; <see langword="null"/> when none.</summary>
    public double? SmallestDetectableDifference { get; init; }

    /// <summary>What to know about the numbers.</summary>
    public ImmutableArray<StatisticalWarning> Warnings { get; init; } = [];

    /// <summary>Statement, difference and interval.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Statement}: {LevelDelta:0.0000} against {ReferenceDelta:0.0000}, {Difference:0.0000} [{Interval.Lower:0.0000}, {Interval.Upper:0.0000}], p {PAdjusted:g3}, {Clusters} seed prompts");
}
