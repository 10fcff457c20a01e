using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>Which prompts of a suite are varied, and how. The same plan over the same suite gives the same prompts on every machine.</summary>
public sealed record VariantPlan
{
    /// <summary>The recipes without a context: encodings and framings.</summary>
    public ImmutableArray<VariantRecipe> Variants { get; init; } = [];

    /// <summary>The contexts; each is applied to the plain prompt.</summary>
    public ImmutableArray<PromptTemplate> Contexts { get; init; } = [];

    /// <summary>Whether each variant is asked in each context too, not only plainly. Default <see langword="false"/>.</summary>
    public bool Cross { get; init; }

    /// <summary>Harmful prompts taken per category, the same ones for every recipe; ≥ 1. Default 8.</summary>
    public int PerCategory { get; init; } = 8;

    /// <summary>Benign prompts taken per category for every recipe, to see over-refusal under variation; ≥ 0. Default 0.</summary>
    public int BenignPerCategory { get; init; }

    /// <summary>Decode controls per encoding, 0–4. Default 4; with fewer than two an encoding that was forgotten cannot be told from one that is declined.</summary>
    public int Controls { get; init; } = 4;

    /// <summary>Picks the prompts and feeds random transforms. Default empty.</summary>
    public string Seed { get; init; } = string.Empty;

    /// <summary>
    /// Further categories that are asked plainly only. Sexual content involving minors always is: direct requests, no variants.
    /// </summary>
    public ImmutableHashSet<HarmCategory> PlainOnly { get; init; } = [];

    /// <summary>Whether the plan varies nothing.</summary>
    public bool IsEmpty => Variants.IsEmpty && Contexts.IsEmpty;

    /// <summary>Every recipe, contexts included.</summary>
    internal IEnumerable<VariantRecipe> Recipes => Variants
        .Concat(Contexts.Select(context => new VariantRecipe { Context = context }))
        .Concat(Cross ? Variants.SelectMany(variant => Contexts.Select(context => variant with { Context = context })) : []);
}
