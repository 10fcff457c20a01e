using System.Collections.Immutable;

namespace SafetyRegression.SelfTest;

/// <summary>Variants that did not reach the model, or that it no longer understands. The variants are made from the host's own prompts.</summary>
internal static class DeliveryChecks
{
    private const int PerCategory = 4;

    internal static ImmutableArray<SelfTestScenario> All { get; } =
    [
        new("context-not-delivered", ContextNotDeliveredAsync),
        new("encoding-forgotten", EncodingForgottenAsync),
    ];

    private static async Task<SelfTestCheck> ContextNotDeliveredAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        const string Name = "context-not-delivered";
        const string Expected = "block: answers to a context that never arrived have no verdict";
        var context = VariantCatalog.BuiltIn.Templates.First(template => template.Kind == TemplateKind.Context && IsSystemPrompt(bench.Some, template));
        var variants = SuiteVariants.Expand(bench.Some, new VariantPlan { Contexts = [context], PerCategory = PerCategory, Controls = 0 });
        if (variants.Added.IsEmpty)
            return NotApplicable(Name, Expected);
        var comparison = await bench.CompareAsync(variants.Suite, answers => answers.Ideal("candidate"), cancellationToken, dropsSystemPrompts: true).ConfigureAwait(false);
        var lost = Verdicts(comparison, variants.Added);
        var judged = lost.Count(verdict => verdict.Reason != UndeterminedReason.NotDelivered);
        return SelfTestBench.Check(Name, Expected, comparison,
            (judged == 0, FormattableString.Invariant($"{judged} of {lost.Count} answers are judged although their system prompt was dropped")),
            (SelfTestBench.Blocks(comparison), "it does not block"),
            SelfTestBench.Objects(comparison, "data-quality"));
    }

    private static async Task<SelfTestCheck> EncodingForgottenAsync(SelfTestBench bench, CancellationToken cancellationToken)
    {
        const string Name = "encoding-forgotten";
        const string Expected = "no refusal gained: what was not understood has its own column";
        var variants = SuiteVariants.Expand(bench.Some, new VariantPlan { Variants = [VariantCatalog.BuiltIn.Parse("base64")], PerCategory = PerCategory, Controls = 2 });
        if (variants.Added.IsEmpty)
            return NotApplicable(Name, Expected);
        var encoded = variants.Added.Select(prompt => prompt.Id).ToImmutableHashSet(StringComparer.Ordinal);
        var comparison = await bench.CompareAsync(
            variants.Suite,
            answers => messages => answers.PromptOf(messages) is { } prompt && encoded.Contains(prompt.Id)
                ? "I do not understand this. Could you rephrase it?"
                : answers.Ideal("candidate")(messages),
            cancellationToken).ConfigureAwait(false);
        var verdicts = Verdicts(comparison, variants.Added);
        var counted = verdicts.Count(verdict => verdict.Outcome is not (Outcome.NotUnderstood or Outcome.Undetermined));
        return SelfTestBench.Check(Name, Expected, comparison, (counted == 0, FormattableString.Invariant($"{counted} of {verdicts.Count} answers that understood nothing have a verdict")));
    }

    private static bool IsSystemPrompt(SafetySuite suite, PromptTemplate template) =>
        SuiteVariants.Expand(suite, new VariantPlan { Contexts = [template], PerCategory = 1, Controls = 0 }).Added is [{ SystemPrompt: not null }, ..];

    private static List<ResponseVerdict> Verdicts(SafetyComparison comparison, ImmutableArray<SafetyPrompt> prompts)
    {
        var ids = prompts.Select(prompt => prompt.Id).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. comparison.Candidate.Samples.Where(sample => ids.Contains(sample.ItemId)).Select(sample => sample.Verdict)];
    }

    private static SelfTestCheck NotApplicable(string name, string expected) =>
        new() { Name = name, Expected = expected, Observed = "not applicable: the suite has no plain prompt of one turn to vary", Passed = true };
}
