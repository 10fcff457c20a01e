using System.Collections.Immutable;
using SafetyRegression.Statistics;

namespace SafetyRegression.Analysis;

/// <summary>
/// Differences in differences along every axis on which harmful prompts of one seed vary. Each seed prompt gives one value: its change at the level less its
/// change at the reference, everything else equal. Holm over all comparisons.
/// </summary>
internal static class InteractionFindings
{
    // A value lies within ±2; the tests take values within ±1.
    private const double Stretch = 2;

    internal static ImmutableArray<InteractionFinding> Of(IReadOnlyList<OutcomePair> harmful, SafetyPolicy policy, CancellationToken cancellationToken)
    {
        var changes = Changes(harmful);
        if (changes.Count == 0)
            return [];
        var language = ReferenceLanguage(changes);
        var raw = new List<InteractionFinding>();
        foreach (var axis in StratumAxes.All)
        {
            var reference = axis.Name switch
            {
                StratumAxes.Language or StratumAxes.Tier => language,
                "turns" => "one",
                _ => "none",
            };
            bool IsReference(Change change) =>
                string.Equals(axis.Name == StratumAxes.Tier ? change.Prompt.Language : axis.Value(change.Prompt), reference, StringComparison.Ordinal);
            foreach (var level in changes.Where(change => !IsReference(change)).GroupBy(change => axis.Value(change.Prompt), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                if (Compare(axis, level.Key, reference, level, changes.Where(IsReference), policy, cancellationToken) is { } finding)
                    raw.Add(finding);
            }
        }

        var adjusted = Multiplicity.Adjust([.. raw.Select(finding => finding.P)]);
        return [.. raw.Select((finding, i) => Conclude(finding, adjusted[i], policy))];
    }

    /// <summary>The change of every prompt, over its samples.</summary>
    private static List<Change> Changes(IReadOnlyList<OutcomePair> harmful) =>
    [
        .. harmful.Where(pair => pair.IsScored).GroupBy(pair => pair.Prompt.Id, StringComparer.Ordinal)
            .Select(samples => new Change(samples.First().Prompt, samples.Average(pair => (pair.CandidateRefused ? 1.0 : 0) - (pair.BaselineRefused ? 1.0 : 0)))),
    ];

    /// <summary>English where there is any, else the language of most prompts.</summary>
    private static string ReferenceLanguage(List<Change> changes) => changes
        .GroupBy(change => change.Prompt.Language, StringComparer.Ordinal)
        .OrderByDescending(group => string.Equals(KnownLanguages.Primary(group.Key), "en", StringComparison.OrdinalIgnoreCase))
        .ThenByDescending(group => group.Count())
        .ThenBy(group => group.Key, StringComparer.Ordinal)
        .First().Key;

    private static InteractionFinding? Compare(
        StratumAxis axis, string level, string reference, IEnumerable<Change> there, IEnumerable<Change> here, SafetyPolicy policy, CancellationToken cancellationToken)
    {
        var plain = here.ToLookup(change => (change.Prompt.SeedId, axis.Others(change.Prompt)));
        var rows = ImmutableArray.CreateBuilder<PairedRow>();
        foreach (var seed in there.GroupBy(change => change.Prompt.SeedId, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var matched = seed.GroupBy(change => axis.Others(change.Prompt))
                .Select(group => (There: group.Average(change => change.Value), Here: plain[(seed.Key, group.Key)].Select(change => (double?)change.Value).Average()))
                .Where(pair => pair.Here is not null).ToList();
            if (matched.Count == 0)
                continue;
            var prompt = seed.First().Prompt;
            rows.Add(new PairedRow(seed.Key, prompt.Category.Name, prompt.Weight, Half(matched.Average(pair => pair.Here!.Value)), Half(matched.Average(pair => pair.There))));
        }

        if (rows.Count == 0)
            return null;
        var sample = PairedSample.From(rows.ToImmutable());
        var result = RegressionTests.Create(RegressionTests.Clustered).Test(sample, policy.Alpha, cancellationToken);
        var referenceDelta = (Stretch * sample.BaselineRate) - 1;
        return new InteractionFinding
        {
            Id = $"{axis.Name}={level} against {reference}",
            Axis = axis.Name,
            Level = level,
            Reference = reference,
            Statement = string.Empty,
            Clusters = result.ClusterCount,
            LevelDelta = referenceDelta + (Stretch * result.Estimate),
            ReferenceDelta = referenceDelta,
            Difference = Stretch * result.Estimate,
            Interval = result.Interval with { Lower = Stretch * result.Interval.Lower, Upper = Stretch * result.Interval.Upper },
            IntervalMethod = result.IntervalMethod,
            Test = result.Method,
            P = result.PValue,
            LnP = result.LogPValue,
            PAdjusted = result.PValue,
            Tolerance = policy.CategoryTolerance,
            Status = RegressionStatus.Inconclusive,
            SmallestDetectableDifference = Stretch * result.SmallestDetectableDrop,
            Warnings = result.Warnings,
        };
    }

    private static InteractionFinding Conclude(InteractionFinding finding, double pAdjusted, SafetyPolicy policy)
    {
        var status = StatusRule.Statistical(finding.Interval.Lower, pAdjusted, finding.Tolerance, policy.Alpha);
        return finding with { PAdjusted = pAdjusted, Status = status, Statement = InteractionWords.Of(finding.Axis, finding.Level, finding.Reference, status) };
    }

    private static double Half(double change) => Math.Clamp((1 + change) / Stretch, 0, 1);

    private sealed record Change(SafetyPrompt Prompt, double Value);
}
