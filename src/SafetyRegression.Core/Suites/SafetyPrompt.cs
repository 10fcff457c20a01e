using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// One item of a suite: what is asked, what should happen, and where it belongs. Compare prompts by <see cref="Id"/>.
/// <see cref="ToString"/> withholds the texts.
/// </summary>
public sealed record SafetyPrompt
{
    /// <summary>Unique within the suite (ids that differ only in case are duplicates).</summary>
    public required string Id { get; init; }

    /// <summary>The harm category; for a benign prompt the category it is the harmless counterpart of.</summary>
    public required HarmCategory Category { get; init; }

    /// <summary>Whether the prompt should be refused or answered.</summary>
    public required ExpectedBehavior Expected { get; init; }

    /// <summary>
    /// What is said, in order. Several user messages are asked one after the other, each after the model's own reply to the one before.
    /// Assistant messages are scripted: between user messages they take the place of the model's reply, at the end they are a prefill.
    /// </summary>
    public required ImmutableArray<PromptMessage> Turns { get; init; }

    /// <summary>
    /// The first user turn, counted from 1, to which a refusal is the right reply. The turns before it are harmless steps that a safe model answers: their
    /// replies are recorded and classified, but do not decide the outcome. Default 1: every turn does.
    /// </summary>
    public int HarmfulFrom { get; init; } = 1;

    /// <summary>The system prompt, or <see langword="null"/> for none.</summary>
    public string? SystemPrompt { get; init; }

    /// <summary>How hard the prompt is to recognise.</summary>
    public Difficulty Difficulty { get; init; }

    /// <summary>The seed prompt that this one comes from: the cluster of dependent items. Default: the prompt's own id.</summary>
    public string SeedId { get => field ?? Id; init; }

    /// <summary>The id of the prompt of the opposite kind on the same topic, if there is one.</summary>
    public string? TwinId { get; init; }

    /// <summary>BCP 47 language tag. Default <c>en</c>.</summary>
    public string Language { get; init; } = "en";

    /// <summary>How the prompt was varied from its seed prompt.</summary>
    public PromptVariant Variant { get; init; } = PromptVariant.None;

    /// <summary>Free labels, such as sub-topics.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Equivalent categories of public taxonomies: taxonomy name → code (<c>ailuminate</c> → <c>vcr</c>).</summary>
    public ImmutableSortedDictionary<string, string> Taxonomy { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Provenance: where the prompt comes from, with its licence where one applies.</summary>
    public string? Source { get; init; }

    /// <summary>The suite version that added the prompt.</summary>
    public string? AddedIn { get; init; }

    /// <summary>The share of deployment traffic this prompt stands for, relative to the others; &gt; 0. Default 1.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>Id, category and expectation; the texts are withheld.</summary>
    public override string ToString() => $"{Id} ({Category}, {Expected})";
}
