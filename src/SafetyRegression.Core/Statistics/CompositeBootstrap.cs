using System.Buffers;

namespace SafetyRegression.Statistics;

/// <summary>
/// The stratified bootstrap of a composite: clusters are drawn within each category, so that every replicate keeps the categories' sizes; BCa with the
/// acceleration of several samples (Davison &amp; Hinkley 1997, §5.3 and problem 5.9), from the influence of each cluster.
/// </summary>
internal static class CompositeBootstrap
{
    public static ConfidenceInterval Interval(
        IReadOnlyList<(double Share, PairedSample Sample)> parts, double level, ResamplingOptions options, CancellationToken cancellationToken)
    {
        var sums = ArrayPool<double>.Shared.Rent(options.Resamples);
        var own = ArrayPool<double>.Shared.Rent(options.Resamples);
        try
        {
            var replicates = sums.AsSpan(0, options.Resamples);
            replicates.Clear();
            double estimate = 0, squares = 0, cubes = 0;
            for (var i = 0; i < parts.Count; i++)
            {
                var (share, sample) = parts[i];
                estimate += share * sample.Estimate;
                var clusters = sample.Clusters;
                var isEven = !clusters.Weights.AsSpan().ContainsAnyExcept(clusters.Weights[0]);
                var values = isEven ? Array.ConvertAll(clusters.Differences, d => Math.Round(d / clusters.Weights[0], 14)) : clusters.Differences;
                Resampler.Fill(own, values, isEven ? null : clusters.Weights, options with { Seed = SeedOf(options.Seed, i) }, cancellationToken);
                for (var r = 0; r < replicates.Length; r++)
                {
                    replicates[r] += share * own[r];
                }

                for (var g = 0; g < clusters.Count; g++)
                {
                    var influence = share * (clusters.Differences[g] - (sample.Estimate * clusters.Weights[g])) / sample.TotalWeight;
                    squares += influence * influence;
                    cubes += influence * influence * influence;
                }
            }

            if (squares == 0)
            {
                return new(estimate, estimate, level);
            }

            replicates.Sort();
            return BootstrapQuantiles.Interval(replicates, estimate, () => cubes / (6 * squares * Math.Sqrt(squares)), level, BootstrapIntervalMethod.Bca);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
            ArrayPool<double>.Shared.Return(own);
        }
    }

    /// <summary>Streams of its own for each category: the golden ratio's bits, far from the multiplier of the blocks.</summary>
    private static long SeedOf(long seed, int category) => unchecked(seed + ((category + 1L) * -0x61C8864680B583EBL));
}
