using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>Power, detectable drops and numbers of pairs for the paired rules of the gate, by exact enumeration.</summary>
public static class PairedPower
{
    /// <summary>Above so many pairs the detectable drop of a finding comes from the large-sample formula.</summary>
    private const int ExactUpTo = 20_000;

    /// <summary>The chance that McNemar's one-sided test reports a drop, summed over the number of flips.</summary>
    /// <param name="pairs">Pairs, at least 0.</param>
    /// <param name="worse">The chance that a pair flips for the worse, a fraction.</param>
    /// <param name="better">The chance that a pair flips for the better; both together at most 1.</param>
    /// <param name="alpha">The one-sided level; the test rejects when p ≤ α.</param>
    /// <param name="method">Exact or mid-p.</param>
    /// <returns>The power, a fraction.</returns>
    public static double McNemarPower(int pairs, double worse, double better, double alpha, McNemarMethod method = McNemarMethod.MidP)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pairs);
        CheckFlips(worse, better);
        Guard.Alpha(alpha);
        var discordance = worse + better;
        if (pairs == 0 || discordance <= 0)
        {
            return 0;
        }

        var share = Math.Min(1, worse / discordance);
        var critical = McNemarCriticalValues.For(alpha, method);
        var power = 0.0;
        var (from, to) = Range(pairs, discordance);
        for (var flips = from; flips <= to; flips++)
        {
            var least = critical.LeastWorse(flips);
            if (least <= flips)
            {
                power += Math.Exp(Binomial.LnPmf(flips, pairs, discordance, 1 - discordance) + Binomial.LnUpper(least, flips, share));
            }
        }

        return Math.Min(1, power);
    }

    /// <summary>The smallest drop that McNemar's one-sided test finds with a power.</summary>
    /// <param name="pairs">Pairs, at least 0.</param>
    /// <param name="better">The chance that a pair flips for the better.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <param name="power">The power asked for, between 0 and 1.</param>
    /// <param name="method">Exact or mid-p.</param>
    /// <returns>The drop, a positive fraction, or <see langword="null"/> when none would be found so often.</returns>
    public static double? SmallestDetectableDrop(
        int pairs, double better, double alpha, double power = 0.8, McNemarMethod method = McNemarMethod.MidP)
    {
        Guard.Level(power);
        var largest = 1 - (2 * better);
        if (largest <= 0 || McNemarPower(pairs, better + largest, better, alpha, method) < power)
        {
            return null;
        }

        return RootFinder.Find(
            (pairs, better, alpha, power, method),
            static (drop, s) => McNemarPower(s.pairs, s.better + drop, s.better, s.alpha, s.method) - s.power,
            0,
            largest,
            1e-6);
    }

    /// <summary>
    /// The chance that non-inferiority is shown: that the lower limit of Tango's 1 − 2α interval lies above −tolerance, summed over all tables.
    /// Planning by the Wald formula promises too much: the score interval is wider when flips are rare.
    /// </summary>
    /// <param name="pairs">Pairs, at least 0.</param>
    /// <param name="tolerance">The tolerated drop, between 0 and 1.</param>
    /// <param name="worse">The chance that a pair flips for the worse.</param>
    /// <param name="better">The chance that a pair flips for the better; equal to <paramref name="worse"/> for an unchanged model.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <returns>The probability, a fraction.</returns>
    public static double NonInferiorityPower(int pairs, double tolerance, double worse, double better, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pairs);
        Guard.Between(tolerance, 0, 1);
        CheckFlips(worse, better);
        Guard.Alpha(alpha);
        if (pairs == 0)
        {
            return 0;
        }

        double discordance = Math.Min(1, worse + better), share = discordance > 0 ? Math.Min(1, worse / discordance) : 0;
        var z = -Normal.Quantile(alpha);
        var (from, to) = Range(pairs, discordance);
        var power = 0.0;
        var most = -1;
        for (var flips = from; flips <= to; flips++)
        {
            // The most flips for the worse that still show non-inferiority move slowly with the number of flips.
            most = Math.Min(most, flips);
            while (most < flips && TangoScore.Statistic(most + 1, flips - most - 1, pairs, -tolerance) > z)
            {
                most++;
            }

            while (most >= 0 && TangoScore.Statistic(most, flips - most, pairs, -tolerance) <= z)
            {
                most--;
            }

            if (most >= 0)
            {
                power += Math.Exp(Binomial.LnPmf(flips, pairs, discordance, 1 - discordance) + Binomial.LnLower(most, flips, share));
            }
        }

        return Math.Min(1, power);
    }

    /// <summary>
    /// The fewest pairs from which on non-inferiority is shown with a power: exact power is saw-toothed, so a lucky smaller number does not count.
    /// </summary>
    /// <param name="tolerance">The tolerated drop, between 0 and 1.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <param name="power">The power asked for, between 0 and 1.</param>
    /// <param name="discordance">The chance that a pair flips in either direction.</param>
    /// <param name="trueDifference">The true candidate − baseline; 0 for an unchanged model.</param>
    /// <returns>The number of pairs, or <see langword="null"/> when more than a million would be needed or the true drop is not tolerable.</returns>
    public static int? RequiredPairs(double tolerance, double alpha, double power, double discordance, double trueDifference = 0)
    {
        Guard.Between(tolerance, 0, 1);
        Guard.Alpha(alpha);
        Guard.Level(power);
        Guard.Fraction(discordance);
        if (!(Math.Abs(trueDifference) <= discordance))
        {
            throw new ArgumentOutOfRangeException(nameof(trueDifference), trueDifference, "A difference cannot be larger than the discordance.");
        }

        double worse = (discordance - trueDifference) / 2, better = (discordance + trueDifference) / 2;
        return trueDifference <= -tolerance ? null : SawTooth.FirstLasting(n => NonInferiorityPower(n, tolerance, worse, better, alpha), power);
    }

    /// <summary>The fewest pairs from which on McNemar's one-sided test finds a drop with a power.</summary>
    /// <param name="worse">The chance that a pair flips for the worse.</param>
    /// <param name="better">The chance that a pair flips for the better.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <param name="power">The power asked for, between 0 and 1.</param>
    /// <param name="method">Exact or mid-p.</param>
    /// <returns>The number of pairs, or <see langword="null"/> when there is no drop or more than a million would be needed.</returns>
    public static int? RequiredPairsToDetect(
        double worse, double better, double alpha, double power = 0.8, McNemarMethod method = McNemarMethod.MidP)
    {
        CheckFlips(worse, better);
        Guard.Alpha(alpha);
        Guard.Level(power);
        return worse <= better ? null : SawTooth.FirstLasting(n => McNemarPower(n, worse, better, alpha, method), power);
    }

    /// <summary>How many prompts stand for a number of independent pairs when each prompt has k samples per arm.</summary>
    /// <param name="pairs">Independent pairs needed.</param>
    /// <param name="samplesPerPrompt">Samples per prompt and arm, k ≥ 1.</param>
    /// <param name="intraclassCorrelation">The correlation ρ of the differences of one prompt's samples, a fraction.</param>
    /// <returns>⌈pairs · (1 + (k − 1)ρ)/k⌉ (Kish's design effect).</returns>
    public static int PromptsFor(int pairs, int samplesPerPrompt, double intraclassCorrelation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pairs);
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerPrompt, 1);
        Guard.Fraction(intraclassCorrelation);
        return (int)Math.Ceiling(pairs * (1 + ((samplesPerPrompt - 1) * intraclassCorrelation)) / samplesPerPrompt);
    }

    /// <summary>The chance that an unchanged model is cleared everywhere at once: the product over independent categories.</summary>
    /// <param name="categories">Pairs, tolerance and discordance of each category.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <returns>The probability, a fraction; 1 without categories.</returns>
    public static double JointClearance(IEnumerable<PlannedCategory> categories, double alpha)
    {
        ArgumentNullException.ThrowIfNull(categories);
        return categories.Aggregate(1.0, (product, c) => product * NonInferiorityPower(c.Pairs, c.Tolerance, c.Discordance / 2, c.Discordance / 2, alpha));
    }

    /// <summary>The detectable drop of a finding: with flips for the better as frequent as observed, and 80 % power.</summary>
    internal static (double? Drop, bool IsExact) SmallestDetectableDrop(PairedTable table, double alpha, McNemarMethod method)
    {
        if (table.Count == 0)
        {
            return (null, true);
        }

        var better = (double)table.NewlyRefused / table.Count;
        return table.Count <= ExactUpTo
            ? (DetectableDrops.Of(table.Count, table.NewlyRefused, alpha, method), true)
            : (Connor(table.Count, better, alpha, 0.8), false);
    }

    /// <summary>Connor's formula (1987, Biometrics 43:207) solved for the drop.</summary>
    internal static double? Connor(double pairs, double better, double alpha, double power)
    {
        var largest = 1 - (2 * better);
        if (largest <= 0 || ConnorPower(better + largest, better, pairs, alpha) < power)
        {
            return null;
        }

        return RootFinder.Find(
            (pairs, better, alpha, power),
            static (drop, s) => ConnorPower(s.better + drop, s.better, s.pairs, s.alpha) - s.power,
            0,
            largest,
            1e-12);
    }

    /// <summary>Large-sample power of McNemar's one-sided test (Connor 1987).</summary>
    internal static double ConnorPower(double worse, double better, double pairs, double alpha)
    {
        double discordance = worse + better, difference = worse - better;
        var spread = Math.Sqrt(Math.Max(0, discordance - (difference * difference)));
        var margin = (difference * Math.Sqrt(pairs)) + (Normal.Quantile(alpha) * Math.Sqrt(discordance));
        return spread > 0 ? Normal.Cdf(margin / spread) : margin switch { > 0 => 1, _ => 0 };
    }

    /// <summary>Connor's formula solved for the number of pairs, before rounding up.</summary>
    internal static double ConnorPairs(double worse, double better, double alpha, double power)
    {
        double discordance = worse + better, difference = worse - better;
        var sum = (Normal.Quantile(alpha) * Math.Sqrt(discordance)) - (Normal.Quantile(power) * Math.Sqrt(discordance - (difference * difference)));
        return sum / difference * (sum / difference);
    }

    /// <summary>Planning of non-inferiority by the Wald formula, before rounding up: too few pairs when flips are rare.</summary>
    internal static double WaldNonInferiorityPairs(double tolerance, double alpha, double power, double discordance, double trueDifference)
    {
        var z = Normal.Quantile(power) - Normal.Quantile(alpha);
        return z * z * (discordance - (trueDifference * trueDifference)) / ((trueDifference + tolerance) * (trueDifference + tolerance));
    }

    /// <summary>The counts that hold all but 1e-15 of a binomial.</summary>
    internal static (int From, int To) Range(int count, double p)
    {
        double mean = count * p, spread = (8.5 * Math.Sqrt(count * p * (1 - p))) + 40;
        return ((int)Math.Max(0, mean - spread), (int)Math.Min(count, mean + spread));
    }

    private static void CheckFlips(double worse, double better)
    {
        Guard.Fraction(worse);
        Guard.Fraction(better);
        if (worse + better > 1 + 1e-12)
        {
            throw new ArgumentOutOfRangeException(nameof(worse), worse, "Both kinds of flip together cannot be more frequent than 1.");
        }
    }
}
