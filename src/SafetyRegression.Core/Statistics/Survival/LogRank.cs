namespace SafetyRegression;

/// <summary>
/// The log-rank test (N. Mantel 1966, Cancer Chemotherapy Reports 50:163): whether two groups have the same hazard. It takes the groups for independent, so
/// for two models under the same questions it ignores the pairing.
/// </summary>
public static class LogRank
{
    /// <summary>Tests two groups of right-censored times.</summary>
    /// <param name="first">The first group.</param>
    /// <param name="second">The second group.</param>
    public static LogRankResult Test(IEnumerable<SurvivalTime> first, IEnumerable<SurvivalTime> second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var one = first.ToList();
        var other = second.ToList();
        double expected = 0, variance = 0;
        foreach (var time in one.Concat(other).Where(t => t.IsEvent).Select(t => t.Time).Distinct())
        {
            double n1 = one.Count(t => t.Time >= time), n = n1 + other.Count(t => t.Time >= time);
            double d = one.Concat(other).Count(t => t.IsEvent && t.Time.Equals(time));
            expected += d * n1 / n;
            variance += n > 1 ? d * (n1 / n) * (1 - (n1 / n)) * (n - d) / (n - 1) : 0;
        }

        var observed = one.Count(t => t.IsEvent);
        return new LogRankResult
        {
            Observed = observed,
            Expected = expected,
            Variance = variance,
            ChiSquare = variance > 0 ? ChiSquareResult.Of((observed - expected) * (observed - expected) / variance, 1) : ChiSquareResult.Of(0, 0),
        };
    }
}
