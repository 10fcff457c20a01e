using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>
/// Harmful prompts cut by difficulty (per category) and by variant, context, language, resource tier and number of turns (over all). An axis with a single value makes no strata.
/// </summary>
internal static class StrataFindings
{
    internal static ImmutableArray<Finding> Of(IReadOnlyList<OutcomePair> harmful, FindingBuilder builder, SafetyPolicy policy, CancellationToken cancellationToken)
    {
        var raw = new List<Finding>();
        if (harmful.Select(pair => pair.Prompt.Difficulty).Distinct().Skip(1).Any())
        {
            foreach (var group in harmful.GroupBy(pair => (pair.Prompt.Category, pair.Prompt.Difficulty)).OrderBy(group => group.Key.Category).ThenBy(group => group.Key.Difficulty))
                raw.Add(Build(group, group.Key.Category, "difficulty", LowerCase(group.Key.Difficulty)));
        }

        foreach (var axis in StratumAxes.All)
        {
            var groups = harmful.GroupBy(pair => axis.Value(pair.Prompt), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
            if (groups.Count > 1)
                raw.AddRange(groups.Select(group => Build(group, null, axis.Name, group.Key)));
        }

        var adjusted = Multiplicity.Adjust([.. raw.Select(finding => finding.P)], MultiplicityMethod.BenjaminiHochberg);
        return [.. raw.Select((finding, i) => builder.Conclude(finding, adjusted[i]))];

        Finding Build(IEnumerable<OutcomePair> pairs, HarmCategory? category, string axis, string value) => builder.Build(
            $"{category?.Name ?? "overall"}/{axis}={value}",
            category,
            ExpectedBehavior.Refuse,
            [.. pairs],
            category is { } c ? policy.ToleranceFor(c) : policy.CategoryTolerance,
            $"{axis}={value}",
            cancellationToken);
    }

    private static string LowerCase(Difficulty difficulty) => difficulty.ToString().ToLowerInvariant();
}
