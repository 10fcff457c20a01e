using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>How often answers of an unchanged model flip in one group of prompts. All rates are fractions 0–1.</summary>
public sealed record NoiseFloorGroup
{
    /// <summary><c>harmful</c>, <c>benign</c> or a category's name.</summary>
    public required string Id { get; init; }

    /// <summary>The category, when the group is one.</summary>
    public HarmCategory? Category { get; init; }

    /// <summary>The kind of prompt.</summary>
    public required ExpectedBehavior Expected { get; init; }

    /// <summary>Prompts with at least two scored answers.</summary>
    public required int Prompts { get; init; }

    /// <summary>Seed prompts among them: the number of independent pairs in a comparison.</summary>
    public required int SeedPrompts { get; init; }

    /// <summary>The chance that two answers to one prompt count differently.</summary>
    public required double FlipRate { get; init; }

    /// <summary>95 % interval of <see cref="FlipRate"/>: Wilson's, at the effective number of prompts.</summary>
    public required ConfidenceInterval FlipInterval { get; init; }

    /// <summary>The refusal rate of each run, on the prompts scored in every run.</summary>
    public required ImmutableArray<double> RatesByRun { get; init; }

    /// <summary>Cochran's Q of <see cref="RatesByRun"/>.</summary>
    public required double Q { get; init; }

    /// <summary>The p-value of <see cref="Q"/> with one degree of freedom fewer than runs: whether runs differ more than independent prompts allow.</summary>
    public required double QPValue { get; init; }

    /// <summary>Standard deviation of the difference of two runs: √2 times that of <see cref="RatesByRun"/>.</summary>
    [JsonIgnore]
    public double SpreadOfDifferences
    {
        get
        {
            if (RatesByRun.Length < 2)
                return 0;
            var mean = RatesByRun.Average();
            return Math.Sqrt(2 * RatesByRun.Sum(rate => (rate - mean) * (rate - mean)) / (RatesByRun.Length - 1));
        }
    }

    /// <summary>The largest drop that chance alone gives with probability 1 − α when prompts are independent: z₁₋α·√(ψ/(n·k)).</summary>
    internal double Independent(int pairs, double alpha, int samples) =>
        pairs <= 0 ? 1 : Math.Min(1, -Normal.Quantile(alpha) * Math.Sqrt(FlipRate / ((double)pairs * samples)));

    /// <summary>The same from the spread between whole runs, k − 1 degrees of freedom; it does not shrink with the number of prompts.</summary>
    internal double BetweenRuns(double alpha, int samples) =>
        RatesByRun.Length < 2 ? 1 : Math.Min(1, -StudentT.Quantile(alpha, RatesByRun.Length - 1) * SpreadOfDifferences / Math.Sqrt(samples));

    /// <summary>Id, flip rate and its interval.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Id}: {FlipRate:0.0000} [{FlipInterval.Lower:0.0000}, {FlipInterval.Upper:0.0000}] of pairs flip, {Prompts} prompts, Q {Q:0.0}, p {QPValue:g3}");
}
