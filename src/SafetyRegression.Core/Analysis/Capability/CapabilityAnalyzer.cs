using System.Collections.Immutable;
using SafetyRegression.Statistics;

namespace SafetyRegression.Analysis;

/// <summary>From two scored runs of one capability suite to findings, with the same paired statistics and the same status rule as safety. A pure function.</summary>
public static class CapabilityAnalyzer
{
    private const int ShownFlips = 200;

    /// <summary>Analyses two runs.</summary>
    /// <param name="suite">The suite both runs answered.</param>
    /// <param name="baseline">The baseline's scores.</param>
    /// <param name="candidate">The candidate's scores.</param>
    /// <param name="policy">What is demanded; the standard preset when <see langword="null"/>.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="RunsNotComparableException">The runs do not pair.</exception>
    /// <exception cref="InvalidInputException">The policy is out of range.</exception>
    public static CapabilityAnalysis Analyze(
        CapabilitySuite suite, CapabilityRun baseline, CapabilityRun candidate, SafetyPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        policy = (policy ?? SafetyPolicy.Standard).Validated();
        var pairs = CapabilityPairs.Join(suite, baseline, candidate);
        var builder = new CapabilityFindingBuilder(policy);
        var tasks = pairs.GroupBy(pair => pair.Item.Task, StringComparer.Ordinal).Select(group => (Task: group.Key, Pairs: group.ToList())).ToList();
        return new CapabilityAnalysis
        {
            SuiteName = suite.Name,
            SuiteVersion = suite.Version,
            SuiteFingerprint = suite.Fingerprint,
            Tasks = Conclude(builder, [.. tasks.Select(task => builder.Build(task.Task, null, task.Pairs, cancellationToken))]),
            Subjects = [.. tasks.SelectMany(task => Subjects(builder, task.Task, task.Pairs, cancellationToken))],
            Flips =
            [
                .. tasks.SelectMany(task => task.Pairs.Where(pair => pair.IsScored && pair.Change != 0)
                    .OrderBy(pair => pair.Change).ThenBy(pair => pair.Item.Id, StringComparer.Ordinal).ThenBy(pair => pair.Sample)
                    .Take(ShownFlips).Select(Flip)),
            ],
        };
    }

    private static ImmutableArray<CapabilityFinding> Subjects(CapabilityFindingBuilder builder, string task, List<CapabilityPair> pairs, CancellationToken cancellationToken)
    {
        var subjects = pairs.Where(pair => pair.Item.Subject is not null).GroupBy(pair => pair.Item.Subject!, StringComparer.Ordinal).ToList();
        return subjects.Count < 2 ? [] : Conclude(builder, [.. subjects.Select(subject => builder.Build(task, subject.Key, [.. subject], cancellationToken))]);
    }

    /// <summary>Findings without a scored pair are no hypotheses and take no share of α.</summary>
    private static ImmutableArray<CapabilityFinding> Conclude(CapabilityFindingBuilder builder, ImmutableArray<CapabilityFinding> findings)
    {
        var tested = findings.Where(finding => finding.Pairs > 0).ToList();
        var losses = Multiplicity.Adjust([.. tested.Select(finding => finding.PLoss)]);
        var gains = Multiplicity.Adjust([.. tested.Select(finding => finding.PGain)]);
        var adjusted = tested.Select((finding, i) => (finding.Id, Loss: losses[i], Gain: gains[i])).ToDictionary(p => p.Id, p => (p.Loss, p.Gain), StringComparer.Ordinal);
        return [.. findings.Select(finding => adjusted.TryGetValue(finding.Id, out var p) ? builder.Conclude(finding, p.Loss, p.Gain, tested.Count) : finding)];
    }

    private static CapabilityFlip Flip(CapabilityPair pair) => new(
        pair.Item.Id, pair.Sample, pair.Item.Task, pair.Baseline.Outcome, pair.Candidate.Outcome, pair.Change, pair.Baseline.Extracted, pair.Candidate.Extracted);
}
