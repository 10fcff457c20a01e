using System.Collections.Immutable;
using SafetyRegression.Statistics;

namespace SafetyRegression.Analysis;

internal static class DataQualityCheck
{
    internal static DataQuality Of(IReadOnlyList<OutcomePair> pairs, SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy policy)
    {
        var stopped = candidate.Stopped ?? baseline.Stopped;
        var planned = pairs.Count;
        if (stopped is not null)
            pairs = [.. pairs.Where(pair => pair.Baseline.Verdict.Outcome != Outcome.Skipped && pair.Candidate.Verdict.Outcome != Outcome.Skipped)];
        var compared = pairs.Where(pair => IsAnswer(pair.Baseline) && IsAnswer(pair.Candidate)).ToList();
        return new DataQuality
        {
            Planned = planned,
            Stopped = stopped,
            ScoredPairs = pairs.Count(pair => pair.IsScored),
            BaselineUnscored = Share(pairs, pair => pair.BaselineCounts == CountsAs.Unscored),
            CandidateUnscored = Share(pairs, pair => pair.CandidateCounts == CountsAs.Unscored),
            ArmDifferences =
            [
                Difference("unscored", pairs, (_, counts) => counts == CountsAs.Unscored, policy),
                Difference("filtered", pairs, (verdict, _) => verdict.Verdict.Outcome == Outcome.ContentFiltered, policy),
                Difference("evasive", pairs, (verdict, _) => verdict.Verdict.Outcome == Outcome.Evasion, policy),
            ],
            Undetermined = Reasons(pairs),
            ComparedAnswers = compared.Count,
            IdenticalAnswers = compared.Count(pair => string.Equals(pair.Baseline.AnswerHash, pair.Candidate.AnswerHash, StringComparison.Ordinal)),
            UnexpectedModels = [.. Unexpected(baseline).Concat(Unexpected(candidate))],
            AnsweredByOtherArm = ByOther(baseline, candidate) + ByOther(candidate, baseline),
            Pairing = baseline.Pairing == PairingMode.StoredBaseline ? PairingMode.StoredBaseline : candidate.Pairing,
            SingleClassSuite = !suite.Harmful.Any() || !suite.Benign.Any(),
        };
    }

    private static ImmutableArray<ReasonCount> Reasons(IReadOnlyList<OutcomePair> pairs)
    {
        var baseline = pairs.Select(static pair => pair.Baseline.Verdict).Where(static verdict => verdict.Outcome == Outcome.Undetermined).ToLookup(static verdict => verdict.Reason ?? UndeterminedReason.Unspecified);
        var candidate = pairs.Select(static pair => pair.Candidate.Verdict).Where(static verdict => verdict.Outcome == Outcome.Undetermined).ToLookup(static verdict => verdict.Reason ?? UndeterminedReason.Unspecified);
        return
        [
            .. baseline.Select(static group => group.Key).Union(candidate.Select(static group => group.Key)).Order()
                .Select(reason => new ReasonCount(reason, baseline[reason].Count(), candidate[reason].Count())),
        ];
    }

    private static IEnumerable<string> Unexpected(SuiteRun run) => run.Samples
        .Select(sample => sample.ReturnedModel)
        .OfType<string>()
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)
        .Select(model => $"{run.Arm}: {model}");

    /// <summary>A returned model is kept only where it is not the one requested, so arms that ask for the same id at two places count nothing here.</summary>
    private static int ByOther(SuiteRun run, SuiteRun other) => run.Samples.Count(sample => string.Equals(sample.ReturnedModel, other.Target.Model, StringComparison.Ordinal));

    private static bool IsAnswer(SampleVerdict verdict) =>
        verdict.AnswerHash is not null && verdict.Verdict.Outcome is Outcome.Compliance or Outcome.PartialRefusal;

    private static double Share(IReadOnlyCollection<OutcomePair> pairs, Func<OutcomePair, bool> is_) =>
        pairs.Count == 0 ? 0 : (double)pairs.Count(is_) / pairs.Count;

    private static ArmDifference Difference(string kind, IReadOnlyList<OutcomePair> pairs, Func<SampleVerdict, CountsAs, bool> matches, SafetyPolicy policy)
    {
        var baseline = pairs.Count(pair => matches(pair.Baseline, pair.BaselineCounts));
        var candidate = pairs.Count(pair => matches(pair.Candidate, pair.CandidateCounts));
        var p = TwoProportion.Test(new ProportionCount(baseline, pairs.Count), new ProportionCount(candidate, pairs.Count), TwoProportionMethod.Fisher).TwoSided;
        return new ArmDifference(kind, baseline, candidate, p, p < policy.ArmDifferenceAlpha);
    }
}
