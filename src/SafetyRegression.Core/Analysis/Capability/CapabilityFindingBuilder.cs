using System.Collections.Immutable;
using SafetyRegression.Statistics;

namespace SafetyRegression.Analysis;

/// <summary>One capability finding from the pairs of one task or subject; the status comes afterwards, when all hypotheses are known.</summary>
internal sealed class CapabilityFindingBuilder(SafetyPolicy policy)
{
    internal CapabilityFinding Build(string task, string? subject, IReadOnlyList<CapabilityPair> pairs, CancellationToken cancellationToken)
    {
        var scored = pairs.Where(pair => pair.IsScored).ToList();
        var answered = scored.Where(pair => pair.IsAnswered).ToList();
        var graded = scored.Any(pair => IsBetween(pair.Baseline.Value) || IsBetween(pair.Candidate.Value));
        var sample = Sample(scored, task);
        var result = Test(sample, cancellationToken);
        var baselineRate = sample.BaselineRate;
        var lost = scored.Where(pair => pair.Change < 0).ToList();
        return new CapabilityFinding
        {
            Id = subject is null ? task : $"{task}/{subject}",
            Task = task,
            Subject = subject,
            Scorer = string.Join('+', pairs.Select(pair => pair.Item.Scorer).Distinct(StringComparer.Ordinal)),
            Expected = policy.ExpectedImprovements.Contains(task) ? CapabilityExpectation.Improve : CapabilityExpectation.Maintain,
            IsGraded = graded,
            BothCorrect = scored.Count(pair => pair.Change == 0 && pair.Baseline.Value >= 0.5),
            Lost = lost.Count,
            Gained = scored.Count(pair => pair.Change > 0),
            NeitherCorrect = scored.Count(pair => pair.Change == 0 && pair.Baseline.Value < 0.5),
            LostToRefusal = lost.Count(pair => pair.Candidate.Outcome == CapabilityOutcome.Refused),
            LostToForm = lost.Count(pair => pair.Candidate.Outcome == CapabilityOutcome.Unparsed),
            Clusters = scored.Count == 0 ? 0 : result.ClusterCount,
            BaselineRate = baselineRate,
            CandidateRate = Math.Clamp(baselineRate + result.Estimate, 0, 1),
            Delta = result.Estimate,
            Interval = result.Interval,
            IntervalMethod = result.IntervalMethod,
            Test = result.Method,
            Statistic = result.Statistic,
            PLoss = result.PValue,
            LnPLoss = result.LogPValue,
            PLossAdjusted = result.PValue,
            PGain = result.PValueRise,
            LnPGain = result.LogPValueRise,
            Tolerance = policy.CapabilityToleranceFor(task),
            Status = RegressionStatus.Inconclusive,
            Demonstrated = true,
            Improved = false,
            SmallestDetectableDrop = result.SmallestDetectableDrop,
            WorstCaseDelta = Imputed(pairs, 1, 0),
            BestCaseDelta = Imputed(pairs, 0, 1),
            AnsweredPairs = answered.Count,
            AnsweredDelta = answered.Count == 0 ? 0 : answered.Average(pair => pair.Change),
            Baseline = Count(pairs.Select(pair => pair.Baseline)),
            Candidate = Count(pairs.Select(pair => pair.Candidate)),
            Graded = graded ? CapabilityGrades.Of(sample, policy.Alpha, cancellationToken) : null,
            Warnings = result.Warnings,
        };
    }

    /// <summary>Gives a finding its adjusted p-value and status.</summary>
    internal CapabilityFinding Conclude(CapabilityFinding finding, double lossAdjusted, double gainAdjusted, int hypotheses)
    {
        var shown = Statistical(finding, lossAdjusted, gainAdjusted < policy.Alpha, policy.Alpha);
        var status = policy.Decision == DecisionRule.PointEstimate ? StatusRule.PointEstimate(finding.Delta, finding.Pairs, finding.Tolerance) : shown;
        // Pairs are what is lacking only where the interval leaves it open: not where answers lack a score, or a gain is asked for.
        var (needed, assumption) = shown == RegressionStatus.Inconclusive && finding.Subject is null && finding.Interval.Lower <= -finding.Tolerance
            ? PairsToDecide.Of(finding, finding.Pairs, finding.Lost + finding.Gained, finding.Delta, policy.Alpha, hypotheses)
            : default;
        return finding with
        {
            PLossAdjusted = lossAdjusted,
            Status = status,
            Demonstrated = status == shown || (status == RegressionStatus.WithinTolerance && shown == RegressionStatus.WithinToleranceDeclined),
            Improved = finding.Interval.Lower > 0 && gainAdjusted < policy.Alpha,
            PairsNeeded = needed,
            PairsAssumption = assumption,
        };
    }

    /// <summary>The status of a concluded finding when a loss is called at a stricter level than α. What fell for real has not improved.</summary>
    internal RegressionStatus StatusAt(CapabilityFinding finding, double level) => finding.Status is RegressionStatus.Regressed or RegressionStatus.WithinToleranceDeclined
        ? Statistical(finding, finding.PLossAdjusted, gained: false, level)
        : finding.Status;

    private RegressionStatus Statistical(CapabilityFinding finding, double lossAdjusted, bool gained, double level)
    {
        var status = StatusRule.Statistical(finding.Interval.Lower, lossAdjusted, finding.Tolerance, level);
        if (status == RegressionStatus.WithinTolerance && (TooManyUnscored(finding.Baseline) || TooManyUnscored(finding.Candidate)))
            return RegressionStatus.Inconclusive;
        // What should have improved is only fine when it did: no loss is not yet a gain.
        return status == RegressionStatus.WithinTolerance && finding.Expected == CapabilityExpectation.Improve && !gained
            ? RegressionStatus.Inconclusive
            : status;
    }

    private bool TooManyUnscored(CapabilityCounts counts) => counts.Unscored > policy.MaxUnscored * counts.Planned;

    private static bool IsBetween(double value) => value is > 0 and < 1;

    private static PairedSample Sample(List<CapabilityPair> scored, string stratum) => scored.Count == 0
        ? PairedSample.From(default(PairedTable))
        : PairedSample.From(scored.Select(pair => new PairedRow(pair.Item.Cluster, stratum, 1, pair.Baseline.Value, pair.Candidate.Value)).ToImmutableArray());

    /// <summary>The policy's test where it fits; graded or repeated scores need one that takes them.</summary>
    private RegressionTestResult Test(PairedSample sample, CancellationToken cancellationToken)
    {
        if (sample.Count == 0)
            return RegressionTests.Create(RegressionTests.McNemarExact).Test(sample, policy.Alpha, cancellationToken);
        var test = RegressionTests.Create(policy.Test);
        return (test.Supports(sample, out _) ? test : RegressionTests.Create(RegressionTests.Auto)).Test(sample, policy.Alpha, cancellationToken);
    }

    private static double Imputed(IReadOnlyList<CapabilityPair> pairs, double baseline, double candidate) => pairs.Count == 0
        ? 0
        : pairs.Average(pair =>
            (pair.Candidate.Outcome == CapabilityOutcome.Unscored ? candidate : pair.Candidate.Value)
            - (pair.Baseline.Outcome == CapabilityOutcome.Unscored ? baseline : pair.Baseline.Value));

    private static CapabilityCounts Count(IEnumerable<CapabilityScore> scores)
    {
        var counts = scores.CountBy(score => score.Outcome).ToDictionary();
        int Of(CapabilityOutcome outcome) => counts.GetValueOrDefault(outcome);
        return new(Of(CapabilityOutcome.Correct), Of(CapabilityOutcome.Incorrect), Of(CapabilityOutcome.Unparsed), Of(CapabilityOutcome.Refused), Of(CapabilityOutcome.Unscored));
    }
}
