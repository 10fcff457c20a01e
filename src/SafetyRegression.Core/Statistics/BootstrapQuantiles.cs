using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Statistics;

/// <summary>Turns sorted replicates into intervals. Quantiles interpolate linearly (type 7 of Hyndman and Fan 1996).</summary>
internal static class BootstrapQuantiles
{
    /// <summary>A replicate this near the estimate is equal to it: sums in another order differ by rounding.</summary>
    private const double Tie = 1e-13;

    public static double StandardError(ReadOnlySpan<double> replicates)
    {
        double mean = 0, squares = 0;
        foreach (var x in replicates)
        {
            mean += x;
        }

        mean /= replicates.Length;
        foreach (var x in replicates)
        {
            squares += (x - mean) * (x - mean);
        }

        return Math.Sqrt(squares / (replicates.Length - 1));
    }

    public static ConfidenceInterval Interval(ReadOnlySpan<double> sorted, double estimate, Func<double> acceleration, double level, BootstrapIntervalMethod method)
    {
        var tail = (1 - level) / 2;
        switch (method)
        {
            case BootstrapIntervalMethod.Percentile:
                return new(At(sorted, tail), At(sorted, 1 - tail), level);
            case BootstrapIntervalMethod.Basic:
                return new((2 * estimate) - At(sorted, 1 - tail), (2 * estimate) - At(sorted, tail), level);
            case BootstrapIntervalMethod.Bca:
            case BootstrapIntervalMethod.BcaStrict:
                var bias = Bias(sorted, estimate, method == BootstrapIntervalMethod.Bca);
                var a = acceleration();
                return new(At(sorted, Adjusted(bias, a, tail)), At(sorted, Adjusted(bias, a, 1 - tail)), level);
            default:
                throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such bootstrap interval.");
        }
    }

    /// <summary>z₀: the normal quantile of the share of replicates below the estimate.</summary>
    public static double Bias(ReadOnlySpan<double> sorted, double estimate, bool countTiesHalf)
    {
        int below = LowerBound(sorted, estimate - Tie), upTo = LowerBound(sorted, estimate + Tie);
        var share = (below + (countTiesHalf ? (upTo - below) / 2.0 : 0)) / sorted.Length;

        // All replicates on one side would send the interval to infinity; half a replicate keeps it at the end of the data.
        return Normal.Quantile(Math.Clamp(share, 0.5 / sorted.Length, 1 - (0.5 / sorted.Length)));
    }

    /// <summary>The percentile that BCa takes for a nominal one.</summary>
    public static double Adjusted(double bias, double acceleration, double nominal)
    {
        var z = bias + Normal.Quantile(nominal);
        var denominator = 1 - (acceleration * z);
        return denominator > 0 ? Normal.Cdf(bias + (z / denominator)) : (z > 0 ? 1 : 0);
    }

    /// <summary>Skewness of the jackknife means, over 6.</summary>
    public static double Acceleration(double[] values, double[]? weights)
    {
        double sum = 0, weight = 0, mean = 0, squares = 0, cubes = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i];
            weight += weights?[i] ?? 1;
        }

        if (values.Length < 2)
        {
            return 0;
        }

        for (var i = 0; i < values.Length; i++)
        {
            mean += Without(i);
        }

        mean /= values.Length;
        for (var i = 0; i < values.Length; i++)
        {
            var u = mean - Without(i);
            squares += u * u;
            cubes += u * u * u;
        }

        return squares > 0 ? cubes / (6 * squares * Math.Sqrt(squares)) : 0;

        double Without(int i) => (sum - values[i]) / (weight - (weights?[i] ?? 1));
    }

    private static double At(ReadOnlySpan<double> sorted, double p)
    {
        var position = p * (sorted.Length - 1);
        var index = Math.Clamp((int)position, 0, sorted.Length - 1);
        var next = Math.Min(index + 1, sorted.Length - 1);
        return sorted[index] + ((position - index) * (sorted[next] - sorted[index]));
    }

    private static int LowerBound(ReadOnlySpan<double> sorted, double value)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (sorted[middle] < value)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
