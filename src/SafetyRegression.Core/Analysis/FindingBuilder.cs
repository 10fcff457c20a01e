using System.Collections.Immutable;
using SafetyRegression.Statistics;

namespace SafetyRegression.Analysis;

/// <summary>One finding from the pairs of one hypothesis; the p-value is adjusted afterwards, when all hypotheses are known.</summary>
internal sealed class FindingBuilder(SafetyPolicy policy, IRegressionTest test, NoiseFloor? noise = null, int samples = 1)
{
    internal Finding Build(
        string id, HarmCategory? category, ExpectedBehavior expected, IReadOnlyList<OutcomePair> pairs, double tolerance, string? stratum = null, CancellationToken cancellationToken = default)
    {
        var scored = pairs.Where(pair => pair.IsScored).ToList();
        var benign = expected == ExpectedBehavior.Comply;
        var sample = Sample(scored, benign, id);
        var result = Test(sample, cancellationToken);
        var table = Count(scored);
        var level = 1 - (2 * policy.Alpha);
        // The tests look for a drop of the safe outcome. On benign prompts that is an answer, so rates, difference and directions turn around.
        var delta = benign ? -result.Estimate : result.Estimate;
        var interval = benign ? Mirror(result.Interval) : result.Interval;
        var safeBaseline = sample?.BaselineRate ?? 0;
        var baselineRate = scored.Count == 0 ? 0 : benign ? 1 - safeBaseline : safeBaseline;
        var (worst, best) = MissingDataBounds.Of(pairs, benign);
        var finding = new Finding
        {
            Id = id,
            Category = category,
            Expected = expected,
            Stratum = stratum,
            BothRefused = table.BothRefused,
            NewlyAnswered = table.NewlyAnswered,
            NewlyRefused = table.NewlyRefused,
            NeitherRefused = table.NeitherRefused,
            Clusters = result.ClusterCount,
            BaselineRate = baselineRate,
            CandidateRate = Math.Clamp(baselineRate + delta, 0, 1),
            BaselineInterval = Proportion.Interval(table.BaselineRefused, table.Count, level),
            CandidateInterval = Proportion.Interval(table.CandidateRefused, table.Count, level),
            Delta = delta,
            Interval = interval,
            IntervalMethod = result.IntervalMethod,
            Test = result.Method,
            Statistic = result.Statistic,
            P = result.PValue,
            LnP = result.LogPValue,
            PAdjusted = result.PValue,
            PFall = benign ? result.PValueRise : result.PValue,
            PRise = benign ? result.PValue : result.PValueRise,
            Tolerance = tolerance,
            Status = RegressionStatus.Inconclusive,
            Demonstrated = true,
            Improved = result.Interval.Lower > 0,
            ProbabilityBeyondTolerance = stratum is null ? Posterior(table, result, benign, tolerance) : null,
            SmallestDetectableDrop = result.SmallestDetectableDrop,
            WorstCaseDelta = worst,
            BestCaseDelta = best,
            Baseline = Ledger.Of(pairs, pair => (pair.Baseline, pair.BaselineCounts)),
            Candidate = Ledger.Of(pairs, pair => (pair.Candidate, pair.CandidateCounts)),
            Warnings = result.Warnings,
        };
        return noise is null ? finding : NoiseFloorRules.Widen(noise, finding, samples, policy.Alpha);
    }

    /// <summary>Gives a finding its adjusted p-value, status and, when inconclusive, the pairs still needed.</summary>
    /// <param name="finding">The finding as built.</param>
    /// <param name="pAdjusted">Its p-value, adjusted for all hypotheses.</param>
    /// <param name="hypotheses">How many they are.</param>
    internal Finding Conclude(Finding finding, double pAdjusted, int hypotheses = 1)
    {
        var safeDelta = finding.Expected == ExpectedBehavior.Comply ? -finding.Delta : finding.Delta;
        var safeLower = finding.Expected == ExpectedBehavior.Comply ? -finding.Interval.Upper : finding.Interval.Lower;
        var shown = finding.Pairs == 0
            ? RegressionStatus.Inconclusive
            : StatusRule.Statistical(safeLower, pAdjusted, finding.Tolerance, policy.Alpha);
        var status = policy.Decision == DecisionRule.PointEstimate
            ? StatusRule.PointEstimate(safeDelta, finding.Pairs, finding.Tolerance)
            : shown;
        var (needed, assumption) = shown == RegressionStatus.Inconclusive && finding.Stratum is null ? PairsToDecide.Of(finding, policy.Alpha, hypotheses) : default;
        return finding with
        {
            PAdjusted = pAdjusted,
            Status = status,
            Demonstrated = status == shown || (status == RegressionStatus.WithinTolerance && shown == RegressionStatus.WithinToleranceDeclined),
            PairsNeeded = needed,
            PairsAssumption = assumption,
        };
    }

    /// <summary>The same counts with the interval of this policy's α. The p-value does not depend on α.</summary>
    internal Finding AtAlpha(Finding finding)
    {
        if (finding.Pairs == 0)
            return finding;
        if (finding.NoiseFloor is not null)
            throw new RunsNotComparableException($"'{finding.Id}' was widened by a noise floor, so its interval cannot be made again from counts. State α in the policy before the analysis.");
        if (finding.Clusters != finding.Pairs || !finding.Delta.Equals(new PairedTable(finding.BothRefused, finding.NewlyAnswered, finding.NewlyRefused, finding.NeitherRefused).Difference))
            throw new RunsNotComparableException($"'{finding.Id}' has several pairs per seed prompt or weights, so its interval cannot be made again from counts. State α in the policy before the analysis.");
        var benign = finding.Expected == ExpectedBehavior.Comply;
        var table = benign
            ? new PairedTable(finding.NeitherRefused, finding.NewlyRefused, finding.NewlyAnswered, finding.BothRefused)
            : new PairedTable(finding.BothRefused, finding.NewlyAnswered, finding.NewlyRefused, finding.NeitherRefused);
        var result = test.Test(PairedSample.From(table), policy.Alpha);
        return finding with { Interval = benign ? Mirror(result.Interval) : result.Interval, SmallestDetectableDrop = result.SmallestDetectableDrop, Improved = result.Interval.Lower > 0 };
    }

    internal static PairedTable Count(IEnumerable<OutcomePair> scored)
    {
        int n11 = 0, n10 = 0, n01 = 0, n00 = 0;
        foreach (var pair in scored)
        {
            _ = (pair.BaselineRefused, pair.CandidateRefused) switch
            {
                (true, true) => n11++,
                (true, false) => n10++,
                (false, true) => n01++,
                _ => n00++,
            };
        }

        return new PairedTable(n11, n10, n01, n00);
    }

    /// <summary>Only of independent pairs that count alike: the table says all there is to know about them.</summary>
    private static double? Posterior(PairedTable table, RegressionTestResult result, bool benign, double tolerance)
    {
        var safe = benign ? Mirror(table) : table;
        return table.Count == 0 || result.ClusterCount != table.Count || !result.Estimate.Equals(safe.Difference) || tolerance >= 1
            ? null
            : SafetyRegression.Posterior.Paired(safe, tolerance).Probability;
    }

    /// <summary>On benign prompts the safe outcome is an answer.</summary>
    private static PairedTable Mirror(PairedTable table) => new(table.NeitherRefused, table.NewlyRefused, table.NewlyAnswered, table.BothRefused);

    private static ConfidenceInterval Mirror(ConfidenceInterval interval) => interval with { Lower = -interval.Upper, Upper = -interval.Lower };

    private static PairedSample? Sample(List<OutcomePair> scored, bool benign, string stratum) => scored.Count == 0
        ? null
        : PairedSample.From(scored.Select(pair => new PairedRow(
            pair.Prompt.SeedId,
            pair.Prompt.Category.Name,
            pair.Prompt.Weight,
            pair.BaselineRefused != benign ? 1 : 0,
            pair.CandidateRefused != benign ? 1 : 0)).ToImmutableArray());

    private RegressionTestResult Test(PairedSample? sample, CancellationToken cancellationToken)
    {
        if (sample is null)
            return RegressionTests.Create(RegressionTests.McNemarExact).Test(PairedSample.From(default(PairedTable)), policy.Alpha, cancellationToken);
        if (!test.Supports(sample, out var reason))
            throw new RunsNotComparableException($"The test '{test.Name}' does not fit these data: {reason} Choose another test, or 'auto'.");
        return test.Test(sample, policy.Alpha, cancellationToken);
    }
}
