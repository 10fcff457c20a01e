using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Analysis;

/// <summary>
/// About how many pairs an inconclusive finding would need to be decided with 80 % power, with flips as frequent as seen, and under which assumption. Never a
/// number that the finding already has. Asymptotic, with the score test's own variance under the tolerance: for an unchanged model within 6 % of the exact
/// enumeration of <see cref="PairedPower.RequiredPairs"/>, from above, and a thousand times faster.
/// </summary>
internal static class PairsToDecide
{
    private const double Power = 0.8;

    /// <summary>Of a finding on refusals.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="alpha">The level of the policy.</param>
    /// <param name="hypotheses">Hypotheses that share α when a regression is called.</param>
    internal static (int? Pairs, PairsAssumption Assumption) Of(Finding finding, double alpha, int hypotheses) => Of(
        finding, finding.Pairs, finding.NewlyAnswered + finding.NewlyRefused, finding.Expected == ExpectedBehavior.Comply ? -finding.Delta : finding.Delta, alpha, hypotheses);

    /// <summary>Of any paired finding; the change is positive when it is for the better.</summary>
    internal static (int? Pairs, PairsAssumption Assumption) Of(PairedFinding finding, int pairs, int flips, double change, double alpha, int hypotheses)
    {
        // The formulas are those of the paired interval. Without pairing it takes more, and no number of pairs outweighs the spread between whole runs.
        if (finding.Warnings.Contains(StatisticalWarning.IgnoresPairing) || finding.Warnings.Contains(StatisticalWarning.WidenedByNoiseFloor))
            return default;
        // Half a flip in each direction: no flip seen is no proof that none will come.
        var discordance = Math.Min(1, (flips + 1.0) / (pairs + 2.0));
        var perCluster = finding.Clusters == 0 ? 1 : (double)pairs / finding.Clusters;
        int? Whole(double independent) => Math.Ceiling(independent * perCluster) is > 0 and < int.MaxValue and var needed ? (int)needed : null;

        if (Whole(ToClear(discordance, 0, finding.Tolerance, alpha)) is not { } unchanged)
            return default;
        if (unchanged > pairs)
            return (unchanged, PairsAssumption.NothingChanged);
        // An unchanged model would most likely have been cleared by now: it is the change seen that keeps the finding open.
        discordance = Math.Max(discordance, Math.Abs(change));
        if (change > -finding.Tolerance)
            return Whole(ToClear(discordance, change, finding.Tolerance, alpha)) is { } asSeen && asSeen > pairs ? (asSeen, PairsAssumption.ChangeAsSeen) : default;
        var regression = Whole(PairedPower.ConnorPairs((discordance - change) / 2, (discordance + change) / 2, alpha / hypotheses, Power));
        return (regression > pairs ? regression : null, PairsAssumption.RegressionAsSeen);
    }

    private static double ToClear(double discordance, double change, double tolerance, double alpha)
    {
        var margin = change + tolerance;
        // The statistic of one average pair is the margin divided by the standard deviation under the hypothesis Δ = −τ.
        var deviation = margin / TangoScore.Statistic((discordance - change) / 2, (discordance + change) / 2, 1, -tolerance);
        var root = ((-Normal.Quantile(alpha) * deviation) + (Normal.Quantile(Power) * Math.Sqrt(discordance - (change * change)))) / margin;
        return root * root;
    }
}
