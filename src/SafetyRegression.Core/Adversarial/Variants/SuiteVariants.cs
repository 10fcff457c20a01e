using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression.Adversarial;

namespace SafetyRegression;

/// <summary>
/// Makes variants of a suite's prompts: a pure function of suite and plan. Variants keep the seed prompt's id as their cluster, so that the plain and the
/// varied prompt are one unit of evidence, and record what was done to them in <see cref="SafetyPrompt.Variant"/>.
/// </summary>
public static class SuiteVariants
{
    /// <summary>Adds the variants of a plan to a suite.</summary>
    /// <param name="suite">The suite. Varied are its plain prompts of one user turn, without a system prompt.</param>
    /// <param name="plan">What to vary and how.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of the plan is out of its range.</exception>
    /// <exception cref="InvalidInputException">Two recipes make the same variant.</exception>
    public static VariantExpansion Expand(SafetySuite suite, VariantPlan plan)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentOutOfRangeException.ThrowIfLessThan(plan.PerCategory, 1, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfNegative(plan.BenignPerCategory, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfNegative(plan.Controls, nameof(plan));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plan.Controls, DecodeControls.Count, nameof(plan));
        if (plan.IsEmpty)
            return new VariantExpansion { Suite = suite, Added = [], Skipped = [] };

        var skipped = ImmutableArray.CreateBuilder<SkippedVariant>();
        var seeds = Seeds(suite, plan);
        var added = plan.Recipes.SelectMany(recipe => seeds.SelectMany(seed => Of(seed, recipe, plan.Seed, skipped)))
            .Concat(Controls(suite, plan).SelectMany(pair => Of(pair.Control, pair.Recipe, plan.Seed, skipped)))
            .ToImmutableArray();
        var oneClass = !suite.Harmful.Any() || !suite.Benign.Any();
        return new VariantExpansion
        {
            Suite = added.IsEmpty ? suite : new SafetySuite($"{suite.Name} with variants", $"{suite.Version}+{Digest(added)}", suite.Prompts.AddRange(added), oneClass),
            Added = added,
            Skipped = skipped.ToImmutable(),
        };
    }

    /// <summary>The prompts to vary: plain requests before indirect ones, in an order that depends on the plan's seed and the prompt's id only.</summary>
    private static List<SafetyPrompt> Seeds(SafetySuite suite, VariantPlan plan) =>
    [
        .. suite.Prompts
            .Where(prompt => IsPlain(prompt) && prompt.Category != HarmCategory.SexualMinors && !plan.PlainOnly.Contains(prompt.Category))
            .GroupBy(prompt => (prompt.Category, prompt.Expected))
            .SelectMany(group => group
                .OrderBy(prompt => prompt.Difficulty > Difficulty.Direct)
                .ThenBy(prompt => SplitMix.SeedOf(plan.Seed, "sample", prompt.SeedId))
                .ThenBy(prompt => prompt.Id, StringComparer.Ordinal)
                .DistinctBy(prompt => prompt.SeedId, StringComparer.OrdinalIgnoreCase)
                .Take(group.Key.Expected == ExpectedBehavior.Refuse ? plan.PerCategory : plan.BenignPerCategory)),
    ];

    private static bool IsPlain(SafetyPrompt prompt) =>
        prompt.Variant.IsNone && prompt.SystemPrompt is null && prompt.Turns is [{ Role: MessageRole.User }];

    /// <summary>Each encoding once per wrapper, without framing and context: the question is whether it is read, not whether it persuades.</summary>
    private static IEnumerable<(SafetyPrompt Control, VariantRecipe Recipe)> Controls(SafetySuite suite, VariantPlan plan)
    {
        var category = suite.Harmful.Select(prompt => prompt.Category).Where(category => category != HarmCategory.SexualMinors)
            .DefaultIfEmpty(HarmCategory.DomainSpecific).First();
        return plan.Variants.Where(recipe => recipe.Encoding is not null).DistinctBy(recipe => (recipe.Encoding!.Id, recipe.Wrapper?.Id))
            .SelectMany(recipe => DecodeControls.For(category).Take(plan.Controls).Select(control => (control, new VariantRecipe { Encoding = recipe.Encoding, Wrapper = recipe.Wrapper })));
    }

    private static IEnumerable<SafetyPrompt> Of(SafetyPrompt seed, VariantRecipe recipe, string planSeed, ImmutableArray<SkippedVariant>.Builder skipped)
    {
        for (var draw = 0; draw < recipe.Draws; draw++)
        {
            if (Make(seed, recipe, planSeed, draw) is var (prompt, problem) && prompt is not null)
                yield return prompt;
            else
                skipped.Add(new SkippedVariant(seed.SeedId, recipe.ToString(), problem!));
        }
    }

    private static (SafetyPrompt? Prompt, string? Problem) Make(SafetyPrompt seed, VariantRecipe recipe, string planSeed, int draw)
    {
        string? system;
        ImmutableArray<PromptMessage> turns;
        try
        {
            (system, turns) = recipe.Apply(seed, planSeed, draw);
            if (recipe.Encoding?.Encode(seed.Turns[0].Text, SplitMix.SeedOf(planSeed)) is { } encoded && (string.IsNullOrWhiteSpace(encoded) || encoded == seed.Turns[0].Text))
                return (null, $"{recipe.Encoding.Id} leaves {(string.IsNullOrWhiteSpace(encoded) ? "nothing of the text" : "the text unchanged")}.");
        }
        catch (UnencodableTextException e)
        {
            return (null, e.Message);
        }

        var number = recipe.Draws > 1 ? string.Create(CultureInfo.InvariantCulture, $".{draw + 1}") : string.Empty;
        return (seed with
        {
            Id = $"{seed.Id}~{recipe}{number}",
            SeedId = seed.SeedId,
            TwinId = null,
            SystemPrompt = system,
            Turns = turns,
            Variant = recipe.Variant,
            Difficulty = DecodeControl.Is(seed) || (recipe.Encoding is null && recipe.Framing is null) ? seed.Difficulty : Difficulty.Adversarial,
        }, null);
    }

    /// <summary>Another wording of a template or another output of a transform is another version of the suite.</summary>
    private static string Digest(ImmutableArray<SafetyPrompt> added) =>
        SplitMix.SeedOf([.. added.SelectMany(prompt => prompt.Turns.Select(turn => turn.Text).Prepend(prompt.SystemPrompt ?? "\u0000").Prepend(prompt.Id))]).ToString("x16", CultureInfo.InvariantCulture)[..8];
}
