using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>
/// Harmful prompts cut by difficulty (per category) and by variant, context, language, resource tier and number of turns (over all, and per category). An axis
/// with a single value makes no strata. The cuts within categories are many and small: they are a family of their own, so that they do not blunt the others.
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

        var within = new List<Finding>();
        foreach (var category in harmful.GroupBy(pair => pair.Prompt.Category).OrderBy(group => group.Key))
        {
            foreach (var axis in StratumAxes.All)
            {
                var groups = category.GroupBy(pair => axis.Value(pair.Prompt), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
                if (groups.Count > 1)
                    within.AddRange(groups.Select(group => Build(group, category.Key, axis.Name, group.Key)));
            }
        }

        return [.. Concluded(raw), .. Concluded(within)];

        IEnumerable<Finding> Concluded(List<Finding> family)
        {
            var adjusted = Multiplicity.Adjust([.. family.Select(finding => finding.P)], MultiplicityMethod.BenjaminiHochberg);
            return family.Select((finding, i) => builder.Conclude(finding, adjusted[i]));
        }

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
