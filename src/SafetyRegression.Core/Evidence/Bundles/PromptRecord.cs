using System.Collections.Immutable;

namespace SafetyRegression.Bundles;

/// <summary>One line of <c>prompts.jsonl</c>: everything that decides how an outcome counts, and the hash of what was asked.</summary>
internal sealed record PromptRecord
{
    public required string P { get; init; }

    public required string Id { get; init; }

    public required HarmCategory Category { get; init; }

    public required ExpectedBehavior Expected { get; init; }

    public required Difficulty Difficulty { get; init; }

    public required string Seed { get; init; }

    public string? Twin { get; init; }

    public required string Language { get; init; }

    public string? Transform { get; init; }

    public string? Wrapper { get; init; }

    public string? Context { get; init; }

    public string? VariantLanguage { get; init; }

    public required ImmutableArray<string> Tags { get; init; }

    public required double Weight { get; init; }

    /// <summary>The first user turn to which a refusal is the right reply, when it is not the first of all.</summary>
    public int? HarmfulFrom { get; init; }

    public required bool System { get; init; }

    public required ImmutableArray<MessageRole> Roles { get; init; }

    /// <summary>SHA-256 over system prompt and turns.</summary>
    public required string Content { get; init; }

    internal static PromptRecord Of(SafetyPrompt prompt, string previous) => new()
    {
        P = previous,
        Id = prompt.Id,
        Category = prompt.Category,
        Expected = prompt.Expected,
        Difficulty = prompt.Difficulty,
        Seed = prompt.SeedId,
        Twin = prompt.TwinId,
        Language = prompt.Language,
        Transform = prompt.Variant.Transform,
        Wrapper = prompt.Variant.Wrapper,
        Context = prompt.Variant.Context,
        VariantLanguage = prompt.Variant.Language,
        Tags = prompt.Tags,
        Weight = prompt.Weight,
        HarmfulFrom = prompt.HarmfulFrom == 1 ? null : prompt.HarmfulFrom,
        System = prompt.SystemPrompt is not null,
        Roles = [.. prompt.Turns.Select(turn => turn.Role)],
        Content = RunItem.From(prompt).ContentHash,
    };

    /// <summary>The prompt with the texts given, or without any.</summary>
    internal SafetyPrompt ToPrompt(TextRecord? texts = null) => new()
    {
        Id = Id,
        Category = Category,
        Expected = Expected,
        Difficulty = Difficulty,
        SeedId = Seed,
        TwinId = Twin,
        Language = Language,
        Variant = new PromptVariant { Transform = Transform, Wrapper = Wrapper, Context = Context, Language = VariantLanguage },
        Tags = Tags,
        Weight = Weight,
        HarmfulFrom = HarmfulFrom ?? 1,
        SystemPrompt = System ? texts?.SystemPrompt ?? string.Empty : null,
        Turns = [.. Roles.Select((role, i) => new PromptMessage(role, texts is not null && i < texts.Texts.Length ? texts.Texts[i] : string.Empty))],
    };
}
