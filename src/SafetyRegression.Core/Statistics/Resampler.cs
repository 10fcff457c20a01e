using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Statistics;

/// <summary>
/// Replicates of a mean. Few distinct values are drawn by multinomial counts, O(values) per replicate; else by index. Work is cut into fixed blocks
/// with a random stream each, so the number of threads does not change the result. What is allocated does not grow with the number of resamples: the
/// caller lends the place for them, and the tables of the binomial draws are shared by all blocks.
/// </summary>
internal static class Resampler
{
    private const int BlockSize = 2500;
    private const int FewValues = 24;

    /// <summary>Up to so many values, tables of cumulative probabilities are remembered; beyond, they would cost more than they save.</summary>
    private const int TablesUpTo = 5000;

    public static double Mean(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double sum = 0, weight = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            weight += weights.IsEmpty ? 1 : weights[i];
        }

        return sum / weight;
    }

    /// <summary>Fills the first <see cref="ResamplingOptions.Resamples"/> places of an array.</summary>
    public static void Fill(double[] replicates, double[] values, double[]? weights, ResamplingOptions options, CancellationToken cancellationToken)
    {
        var resamples = options.Resamples;
        var groups = weights is null ? Groups(values) : null;

        // Filled on demand by any block; two that make the same table at once make equal ones.
        var tables = groups is not null && values.Length <= TablesUpTo ? Array.ConvertAll(groups, _ => new BinomialTable?[values.Length + 1]) : null;
        Parallel.For(
            0,
            (resamples + BlockSize - 1) / BlockSize,
            new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallelism, CancellationToken = cancellationToken },
            block =>
            {
                var random = new RandomStream(options.Seed, block);
                var part = replicates.AsSpan(block * BlockSize, Math.Min(BlockSize, resamples - (block * BlockSize)));
                if (groups is not null)
                {
                    ByCounts(groups, tables, values.Length, part, ref random);
                }
                else if (weights is not null)
                {
                    ByIndex(values, weights, part, ref random);
                }
                else
                {
                    ByIndex(values, part, ref random);
                }
            });
    }

    /// <summary>Distinct values with their counts, or <see langword="null"/> when there are many.</summary>
    private static (double Value, int Count)[]? Groups(double[] values)
    {
        var groups = new Dictionary<double, int>(FewValues + 1);
        foreach (var value in values)
        {
            groups[value] = groups.GetValueOrDefault(value) + 1;
            if (groups.Count > FewValues)
            {
                return null;
            }
        }

        // Most frequent first: the rest of the trials, and with it the work, then shrinks fastest.
        return [.. groups.Select(g => (g.Key, g.Value)).OrderByDescending(g => g.Value).ThenBy(g => g.Key)];
    }

    private static void ByCounts((double Value, int Count)[] groups, BinomialTable?[][]? tables, int count, Span<double> replicates, ref RandomStream random)
    {
        for (var r = 0; r < replicates.Length; r++)
        {
            int left = count, population = count;
            var sum = 0.0;
            for (var g = 0; g < groups.Length - 1 && left > 0; g++)
            {
                var drawn = tables is null
                    ? random.NextBinomial(left, (double)groups[g].Count / population)
                    : (tables[g][left] ??= new(left, (double)groups[g].Count / population)).Draw(random.NextDouble());
                sum += drawn * groups[g].Value;
                left -= drawn;
                population -= groups[g].Count;
            }

            replicates[r] = (sum + (left * groups[^1].Value)) / count;
        }
    }

    private static void ByIndex(double[] values, Span<double> replicates, ref RandomStream random)
    {
        // A copy lives in registers.
        var local = random;
        var isSmall = values.Length < 1 << 20;
        for (var r = 0; r < replicates.Length; r++)
        {
            double first = 0, second = 0;
            var i = 0;
            if (isSmall)
            {
                for (; i + 1 < values.Length; i += 2)
                {
                    var (a, b) = local.NextTwo((uint)values.Length);
                    first += values[a];
                    second += values[b];
                }
            }

            for (; i < values.Length; i++)
            {
                first += values[local.NextInt(values.Length)];
            }

            replicates[r] = (first + second) / values.Length;
        }

        random = local;
    }

    private static void ByIndex(double[] values, double[] weights, Span<double> replicates, ref RandomStream random)
    {
        for (var r = 0; r < replicates.Length; r++)
        {
            double sum = 0, weight = 0;
            for (var i = 0; i < values.Length; i++)
            {
                var index = random.NextInt(values.Length);
                sum += values[index];
                weight += weights[index];
            }

            replicates[r] = sum / weight;
        }
    }
}
