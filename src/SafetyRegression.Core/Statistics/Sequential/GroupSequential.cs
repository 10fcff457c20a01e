using System.Collections.Immutable;

using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>
/// Repeated looks at growing data without spending more than α in all: one-sided boundaries by alpha spending (Lan &amp; DeMets 1983), by recursive
/// integration of the score's density (Armitage, McPherson &amp; Rowe 1969, JRSS A 132:235; Jennison &amp; Turnbull 2000, ch. 19). Good to about
/// 10⁻¹². Boundaries of the looks so far do not depend on later ones, so looks may be taken when they come up.
/// </summary>
public static class GroupSequential
{
    /// <summary>10⁻⁴, less what rounding takes from a difference of shares.</summary>
    private const double LeastStep = 1e-4 - 1e-12;

    /// <summary>The boundaries of the looks taken so far.</summary>
    /// <param name="information">The share of the planned information at each look: increasing by at least 10⁻⁴, the last at most 1.</param>
    /// <param name="alpha">The one-sided level all looks share, between 0 and 0.5 (both excluded).</param>
    /// <param name="spending">The spending function.</param>
    /// <returns>One look for each share.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static ImmutableArray<SequentialLook> Boundaries(
        ReadOnlySpan<double> information, double alpha, SpendingFunction spending = SpendingFunction.OBrienFlemingType)
    {
        Guard.Alpha(alpha);
        var looks = ImmutableArray.CreateBuilder<SequentialLook>(information.Length);
        var before = 0.0;
        var spent = 0.0;
        ScoreDensity? density = null;
        for (var k = 0; k < information.Length; k++)
        {
            var now = information[k];
            if (!(now - before >= LeastStep && now <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(information), now, "Expected increasing shares above 0, at least 10⁻⁴ apart, the last at most 1.");
            }

            var cumulative = Math.Min(alpha, Spent(now, alpha, spending));
            var next = k + 1 < information.Length ? information[k + 1] - now : now - before;
            var boundary = density?.Boundary(now, cumulative - spent) ?? FirstBoundary(cumulative);
            looks.Add(new(now, cumulative, boundary, Normal.Cdf(-boundary)));
            if (k + 1 < information.Length)
            {
                density = ScoreDensity.After(density, before, now, next, boundary);
            }

            (before, spent) = (now, cumulative);
        }

        return looks.MoveToImmutable();
    }

    private static double FirstBoundary(double tail) => tail < ScoreDensity.LeastSpend ? double.PositiveInfinity : -Normal.Quantile(tail);

    /// <summary>How much of α may be spent by a share of the information.</summary>
    internal static double Spent(double share, double alpha, SpendingFunction spending) => spending switch
    {
        SpendingFunction.OBrienFlemingType => 2 * Normal.Cdf(Normal.Quantile(alpha / 2) / Math.Sqrt(share)),
        SpendingFunction.PocockType => alpha * LogMath.Log1P((Math.E - 1) * share),
        _ => throw new ArgumentOutOfRangeException(nameof(spending), spending, "There is no such spending function."),
    };
}
