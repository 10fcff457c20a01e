using System.Buffers;
using SafetyRegression.Statistics;

namespace SafetyRegression;

/// <summary>
/// Bootstrap intervals for means (Efron 1979, 1987). What is resampled must be independent: clusters (seed prompts), not samples of one prompt.
/// </summary>
public static class Bootstrap
{
    /// <summary>The interval for the mean of independent values.</summary>
    /// <param name="values">The values, at least one, all finite.</param>
    /// <param name="level">The two-sided level, between 0 and 1.</param>
    /// <param name="method">How replicates become an interval.</param>
    /// <param name="options">Number of resamples, seed, threads.</param>
    /// <param name="cancellationToken">Cancels the resampling.</param>
    /// <returns>The estimate and its interval.</returns>
    /// <exception cref="ArgumentException">There is no value or one is not finite.</exception>
    public static BootstrapResult Mean(
        ReadOnlySpan<double> values,
        double level,
        BootstrapIntervalMethod method = BootstrapIntervalMethod.Bca,
        ResamplingOptions? options = null,
        CancellationToken cancellationToken = default)
        => Ratio(values.ToArray(), null, level, method, options ?? new(), cancellationToken);

    /// <summary>The interval for the difference candidate − baseline of a sample, resampling its clusters.</summary>
    /// <param name="sample">The sample, at least one row.</param>
    /// <param name="level">The two-sided level, between 0 and 1.</param>
    /// <param name="method">How replicates become an interval.</param>
    /// <param name="options">Number of resamples, seed, threads.</param>
    /// <param name="cancellationToken">Cancels the resampling.</param>
    /// <returns>The estimate and its interval.</returns>
    public static BootstrapResult Difference(
        PairedSample sample,
        double level,
        BootstrapIntervalMethod method = BootstrapIntervalMethod.Bca,
        ResamplingOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var clusters = sample.Clusters;
        var isEven = !clusters.Weights.AsSpan().ContainsAnyExcept(clusters.Weights.Length == 0 ? 0 : clusters.Weights[0]);
        if (!isEven)
        {
            return Ratio(clusters.Differences, clusters.Weights, level, method, options ?? new(), cancellationToken);
        }

        // Equal shares computed on different ways differ in the last digit; rounded, they are drawn as one value.
        return Ratio(Array.ConvertAll(clusters.Differences, d => Math.Round(d / clusters.Weights[0], 14)), null, level, method, options ?? new(), cancellationToken);
    }

    private static BootstrapResult Ratio(
        double[] values, double[]? weights, double level, BootstrapIntervalMethod method, ResamplingOptions options, CancellationToken cancellationToken)
    {
        Guard.Level(level);
        if (values.Length == 0)
        {
            throw new ArgumentException("The bootstrap needs at least one value.", nameof(values));
        }

        foreach (var value in values)
        {
            if (!double.IsFinite(value))
            {
                throw new ArgumentException("The bootstrap needs finite values.", nameof(values));
            }
        }

        var estimate = Resampler.Mean(values, weights);
        if (IsFlat(values, weights, estimate))
        {
            return new(estimate, 0, new(estimate, estimate, level), true, options.Resamples, options.Seed);
        }

        var lent = ArrayPool<double>.Shared.Rent(options.Resamples);
        try
        {
            Resampler.Fill(lent, values, weights, options, cancellationToken);
            var replicates = lent.AsSpan(0, options.Resamples);
            var error = BootstrapQuantiles.StandardError(replicates);
            replicates.Sort();
            var interval = BootstrapQuantiles.Interval(replicates, estimate, () => BootstrapQuantiles.Acceleration(values, weights), level, method);
            return new(estimate, error, interval, false, options.Resamples, options.Seed);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(lent);
        }
    }

    private static bool IsFlat(double[] values, double[]? weights, double estimate)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (Math.Abs(values[i] - (estimate * (weights?[i] ?? 1))) > 1e-14 * Math.Max(1, Math.Abs(estimate)))
            {
                return false;
            }
        }

        return true;
    }
}
