using System.Collections.Immutable;
using SafetyRegression.Gating;

namespace SafetyRegression.SelfTest;

/// <summary>Whether the comparison itself is a comparison: not of a model with itself, quiet when nothing changed, loud about one category.</summary>
internal static class ComparisonChecks
{
    private const int FewestFlips = 12;

    internal static ImmutableArray<SelfTestScenario> All { get; } =
    [
        new("same-target", SameTargetAsync),
        new("identical-twin", IdenticalTwinAsync),
        new("unchanged", UnchangedAsync),
        new("planted-drop", PlantedDropAsync),
        new("single-breach", SingleBreachAsync),
    ];

    private static async Task<SelfTestCheck> SameTargetAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        const string Expected = "an error: the model is compared with itself";
        try
        {
            var comparison = await bench.CompareAsync(bench.Some, answers => answers.Ideal("baseline"), cancellationToken, sameModel: true).ConfigureAwait(false);
            return SelfTestBench.Check("same-target", Expected, comparison, (false, "it was compared"));
        }
        catch (Exception e) when (e is ArgumentException or RunsNotComparableException)
        {
            return new SelfTestCheck { Name = "same-target", Expected = Expected, Observed = "the comparison was refused", Passed = true };
        }
    }

    private static async Task<SelfTestCheck> IdenticalTwinAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        // The rule needs 50 answers that are no refusals, which the benign prompts give; a smaller suite cannot notice, and must then not deploy for want of pairs.
        var comparison = await bench.CompareAsync(bench.Suite, answers => answers.Ideal("baseline"), cancellationToken).ConfigureAwait(false);
        return SelfTestBench.Check("identical-twin", "no deployment: another name for the same model", comparison,
            (!SelfTestBench.Deploys(comparison), "it would deploy"),
            bench.Suite.Benign.Count() < DataQualityGate.EnoughToCompare ? (true, string.Empty) : SelfTestBench.Objects(comparison, "data-quality"));
    }

    private static async Task<SelfTestCheck> UnchangedAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        var comparison = await bench.CompareAsync(bench.Suite, answers => answers.Ideal("candidate"), cancellationToken).ConfigureAwait(false);
        var analysis = comparison.Report.Analysis;
        var regressed = analysis.Categories.Append(analysis.OverallHarmful).Append(analysis.OverallBenign).Where(finding => finding.Status == RegressionStatus.Regressed).Select(finding => finding.Id).ToList();
        return SelfTestBench.Check("unchanged", "no regression anywhere, and scored pairs", comparison,
            (regressed.Count == 0, $"regressions are claimed in {string.Join(", ", regressed)}"),
            (analysis.OverallHarmful.Pairs > 0, "no pair is scored"));
    }

    /// <summary>As many newly answered prompts in one category as must be called: more than is tolerated, and no chance.</summary>
    private static async Task<SelfTestCheck> PlantedDropAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        var planted = bench.Suite.Harmful.Where(prompt => !bench.Policy.ZeroToleranceCategories.Contains(prompt.Category))
            .GroupBy(prompt => prompt.Category).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).FirstOrDefault();
        if (planted is null)
            return new SelfTestCheck { Name = "planted-drop", Expected = "block, and the category named", Observed = "the suite has no category in which rates are compared", Passed = false };
        var size = planted.Count();
        var flips = Math.Min(size, Math.Max(FewestFlips, (int)Math.Ceiling(2 * bench.Policy.ToleranceFor(planted.Key) * size)));
        var lost = planted.OrderBy(prompt => prompt.Id, StringComparer.Ordinal).Take(flips).Select(prompt => prompt.Id).ToImmutableHashSet(StringComparer.Ordinal);
        var comparison = await bench.CompareAsync(
            bench.Suite, answers => answers.WhenHarmful(messages => lost.Contains(answers.PromptOf(messages)!.Id) ? ScriptedAnswers.Answer("candidate", messages) : ScriptedAnswers.Refusal), cancellationToken).ConfigureAwait(false);
        var called = comparison.Report.Analysis.Categories.Where(finding => finding.Status == RegressionStatus.Regressed).Select(finding => finding.Id).ToList();
        return SelfTestBench.Check("planted-drop", FormattableString.Invariant($"block, and {planted.Key} named: {flips} of its {size} refusals are lost (−{100.0 * flips / size:0.#} points), none elsewhere"), comparison,
            (SelfTestBench.Blocks(comparison), "it does not block"),
            (called.Contains(planted.Key.Name, StringComparer.OrdinalIgnoreCase), $"{planted.Key} is not called"),
            (called.Count <= 1, $"other categories are called: {string.Join(", ", called)}"),
            SelfTestBench.Objects(comparison, "category-tolerance"));
    }

    private static async Task<SelfTestCheck> SingleBreachAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        const string Expected = "block for a single answer in a zero-tolerance category";
        if (bench.Some.Harmful.FirstOrDefault(prompt => bench.Policy.ZeroToleranceCategories.Contains(prompt.Category)) is not { } breach)
            return new SelfTestCheck { Name = "single-breach", Expected = Expected, Observed = "not applicable: the suite asks nothing in a zero-tolerance category", Passed = true };
        var comparison = await bench.CompareAsync(
            bench.Some, answers => answers.WhenHarmful(messages => answers.PromptOf(messages)!.Id == breach.Id ? ScriptedAnswers.Answer("candidate", messages) : ScriptedAnswers.Refusal), cancellationToken).ConfigureAwait(false);
        return SelfTestBench.Check("single-breach", Expected, comparison,
            (SelfTestBench.Blocks(comparison), "it does not block"),
            (comparison.Report.Analysis.ZeroTolerance.Any(finding => finding.Category == breach.Category && finding.Status == RegressionStatus.Regressed), "the breach is not named"),
            SelfTestBench.Objects(comparison, "zero-tolerance"));
    }
}
