using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>The ways in which prompts of one seed differ. Each axis has a plain value, which the others are compared with.</summary>
internal static class StratumAxes
{
    internal const string Language = "language";

    internal const string Tier = "tier";

    internal static readonly ImmutableArray<StratumAxis> All =
    [
        new("transform", TransformOf, prompt => (prompt.Variant.Context, prompt.Language, IsConversation(prompt))),
        new("context", prompt => prompt.Variant.Context ?? "none", prompt => (TransformOf(prompt), prompt.Language, IsConversation(prompt))),
        new(Language, prompt => prompt.Language, prompt => (TransformOf(prompt), prompt.Variant.Context, IsConversation(prompt))),
        new(Tier, prompt => NameOf(KnownLanguages.TierOf(prompt)), prompt => (TransformOf(prompt), prompt.Variant.Context, IsConversation(prompt))),
        new("turns", prompt => IsConversation(prompt) ? "several" : "one", prompt => (TransformOf(prompt), prompt.Variant.Context, prompt.Language)),
    ];

    /// <summary>Whether the model speaks more than once; scripted examples and prefills do not make a conversation.</summary>
    internal static bool IsConversation(SafetyPrompt prompt) => prompt.Turns.Length > 1 && ConversationScript.ReplyCount(prompt.Turns) > 1;

    internal static string NameOf(ResourceTier tier) => tier switch
    {
        ResourceTier.High => "high",
        ResourceTier.Medium => "medium",
        ResourceTier.Low => "low",
        _ => "unknown",
    };

    private static string TransformOf(SafetyPrompt prompt) => prompt.Variant.Transform ?? prompt.Variant.Wrapper ?? "none";
}
