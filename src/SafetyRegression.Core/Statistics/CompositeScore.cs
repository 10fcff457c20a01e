using System.Globalization;

using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>
/// The weighted mean of category rates and its paired change. Weights are fixed, so the score is linear and its variance the weighted sum of the
/// categories' (the delta method is exact). A composite can hide a category: weight 1/9 and −25 points are −2.8 points.
/// </summary>
public static class CompositeScore
{
    private const string TestName = "composite";

    /// <summary>Compares the composite scores of both arms.</summary>
    /// <param name="categories">Weights and observations; every category needs at least one observation.</param>
    /// <param name="alpha">The one-sided level; the interval is the two-sided 1 − 2α one.</param>
    /// <param name="method">How the interval is made; the p-value belongs to it: by inversion for square-and-add, else from z.</param>
    /// <param name="resampling">Number of resamples and seed of the bootstrap.</param>
    /// <param name="cancellationToken">Cancels the resampling.</param>
    /// <returns>The scores and the test of their difference.</returns>
    /// <exception cref="ArgumentException">There is no category, one is empty, a weight is negative or not finite, or all are 0.</exception>
    public static CompositeResult Compare(
        IReadOnlyList<CompositeCategory> categories,
        double alpha,
        CompositeIntervalMethod method = CompositeIntervalMethod.SquareAndAdd,
        ResamplingOptions? resampling = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(categories);
        Guard.Alpha(alpha);
        var total = TotalWeight(categories);
        double baseline = 0, candidate = 0, paired = 0, ifNull = 0, smoothed = 0, baselineVariance = 0, candidateVariance = 0;
        int count = 0, clusters = 0;
        foreach (var (weight, sample) in categories)
        {
            var share = weight / total;
            var square = share * share;
            var parts = CategoryMoments.Of(sample);
            baseline += share * sample.BaselineRate;
            candidate += share * (sample.BaselineRate + sample.Estimate);
            paired += square * parts.Difference;
            ifNull += square * parts.DifferenceUnderNull;
            smoothed += square * parts.Smoothed;
            baselineVariance += square * parts.Baseline;
            candidateVariance += square * parts.Candidate;
            count += sample.Count;
            clusters += sample.ClusterCount;
        }

        double difference = candidate - baseline, z = -Normal.Quantile(alpha), standardError = Math.Sqrt(paired), level = 1 - (2 * alpha);
        var (interval, p) = method switch
        {
            CompositeIntervalMethod.SquareAndAdd => Inverted(categories, total, alpha),
            CompositeIntervalMethod.Delta => (Cut(difference - (z * standardError), difference + (z * standardError)), FromStandardError()),
            CompositeIntervalMethod.StratifiedBootstrap => (
                CompositeBootstrap.Interval([.. categories.Select(c => (c.Weight / total, c.Sample))], level, resampling ?? new(), cancellationToken), FromStandardError()),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such interval for a composite score."),
        };
        if (ifNull <= 0)
        {
            p = PValues.NoEvidence;
        }

        var detectable = (z + Normal.Quantile(0.8)) * Math.Sqrt(Math.Max(paired, smoothed));
        return new()
        {
            BaselineScore = baseline,
            CandidateScore = candidate,
            BaselineStandardError = Math.Sqrt(baselineVariance),
            CandidateStandardError = Math.Sqrt(candidateVariance),
            StandardError = standardError,
            UnpairedStandardError = Math.Sqrt(baselineVariance + candidateVariance),
            Test = new()
            {
                Method = TestName,
                Alpha = alpha,
                Statistic = p.Statistic,
                PValue = p.Drop,
                LogPValue = p.LogDrop,
                PValueRise = p.Rise,
                LogPValueRise = p.LogRise,
                Estimate = difference,
                Interval = interval,
                IntervalMethod = NameOf(method),
                Count = count,
                ClusterCount = clusters,
                SmallestDetectableDrop = detectable <= 1 ? detectable : null,
                Warnings = ifNull > 0 ? [StatisticalWarning.ApproximatePower] : [StatisticalWarning.NoDiscordantPairs, StatisticalWarning.ApproximatePower],
            },
        };

        PValues FromStandardError() => ifNull > 0 ? PValues.FromZ(difference / (standardError > 0 ? standardError : Math.Sqrt(ifNull))) : PValues.NoEvidence;

        ConfidenceInterval Cut(double lower, double upper) => new(Math.Max(-1, lower), Math.Min(1, upper), level);
    }

    private static (ConfidenceInterval Interval, PValues P) Inverted(IReadOnlyList<CompositeCategory> categories, double total, double alpha)
    {
        var sum = default(SquareAndAdd);
        foreach (var (weight, sample) in categories)
        {
            sum = sum.Plus(weight / total, sample.Estimate, IntervalOf(sample, alpha));
        }

        var level = 1 - (2 * alpha);
        return (sum.Interval(level), sum.Invert(level));
    }

    private static string NameOf(CompositeIntervalMethod method) => method switch
    {
        CompositeIntervalMethod.SquareAndAdd => "square-and-add",
        CompositeIntervalMethod.Delta => "delta",
        _ => "stratified-bootstrap",
    };

    private static double TotalWeight(IReadOnlyList<CompositeCategory> categories)
    {
        var total = 0.0;
        for (var i = 0; i < categories.Count; i++)
        {
            var category = categories[i];
            if (!(category.Weight >= 0 && double.IsFinite(category.Weight)))
            {
                throw new ArgumentException(Fault(i, "needs a weight that is finite and not negative"), nameof(categories));
            }

            if (category.Sample.Count == 0)
            {
                throw new ArgumentException(Fault(i, "has no observations; a score without it would be another score"), nameof(categories));
            }

            total += category.Weight;
        }

        return total > 0 ? total : throw new ArgumentException("A composite needs a category with a positive weight.", nameof(categories));
    }

    private static string Fault(int index, string text) => string.Create(CultureInfo.InvariantCulture, $"Category {index} {text}.");

    private static ConfidenceInterval IntervalOf(PairedSample sample, double alpha)
    {
        if (sample.Table is { } table)
        {
            return PairedDifference.Interval(table, 1 - (2 * alpha));
        }

        var robust = ClusterRobust.Of(sample);
        return ClusterInterval.Of(sample, robust, ClusterInterval.IsFew(ClusterInterval.Differing(sample), robust), alpha);
    }
}
