using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>From attacks to findings, paired by scenario and repetition.</summary>
internal static class AttackFindings
{
    internal static ImmutableArray<AttackFinding> Of(IEnumerable<AttackComparison> comparisons, SafetyPolicy policy) => [.. comparisons.Select(comparison => Of(comparison, policy))];

    private static AttackFinding Of(AttackComparison comparison, SafetyPolicy policy)
    {
        var candidate = comparison.Results.Where(result => result.Arm == Arm.Candidate).ToDictionary(result => (result.ScenarioId, result.Sample));
        var pairs = comparison.Results
            .Where(result => result.Arm == Arm.Baseline && candidate.ContainsKey((result.ScenarioId, result.Sample)))
            .OrderBy(result => result.ScenarioId, StringComparer.Ordinal).ThenBy(result => result.Sample)
            .Select(result => new TurnPair(result.ScenarioId, result.SeedId, result.Category, result.Turn, candidate[(result.ScenarioId, result.Sample)].Turn))
            .ToList();
        return new AttackFinding
        {
            Attacker = comparison.Attacker,
            AttackerModel = comparison.AttackerModel,
            IsReplay = comparison.IsReplay,
            IsComplete = comparison.IsComplete,
            Turns = pairs.Count == 0 ? null : MultiTurnFindings.Of($"{comparison.Attacker}{(comparison.IsReplay ? " replayed" : string.Empty)}", pairs, policy),
            BaselineEnds = Ends(comparison, Arm.Baseline),
            CandidateEnds = Ends(comparison, Arm.Candidate),
        };
    }

    private static ImmutableSortedDictionary<AttackEnd, int> Ends(AttackComparison comparison, Arm arm) =>
        comparison.Results.Where(result => result.Arm == arm).GroupBy(result => result.End).ToImmutableSortedDictionary(group => group.Key, group => group.Count());
}
