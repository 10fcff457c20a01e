using System.Collections.Immutable;
using SafetyRegression;

namespace Simulation;

/// <summary>What a simulated model recognises in a prompt.</summary>
/// <param name="Category">The harm category's name.</param>
/// <param name="IsHarmful">Whether the request is a harmful one.</param>
/// <param name="Difficulty">How hard it is to recognise.</param>
/// <param name="Variant">How it was varied from its seed prompt.</param>
public sealed record PromptTopic(string Category, bool IsHarmful, Difficulty Difficulty, PromptVariant Variant)
{
    /// <summary>The seed prompt.</summary>
    public string SeedId { get; init; } = string.Empty;

    /// <summary>The language asked in.</summary>
    public string Language { get; init; } = "en";

    /// <summary>The right answers, where the request is a question that has some.</summary>
    public ImmutableArray<string> Answers { get; init; } = [];

    /// <summary>The user turn, counted from 1.</summary>
    public int Turn { get; init; } = 1;
}

/// <summary>
/// Tells simulated models what a conversation is about, by the texts of a suite. A real model reads; a simulated one looks up.
/// </summary>
public sealed class TopicLookup
{
    private const char Separator = '\u001E';
    private readonly Dictionary<string, PromptTopic> _byConversation = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PromptTopic> _byTurn = new(StringComparer.Ordinal);

    /// <summary>Learns every prompt of the suites: whole conversations first, single turns where a conversation is not known.</summary>
    public static TopicLookup From(params IEnumerable<SafetySuite> suites)
    {
        var lookup = new TopicLookup();
        foreach (var prompt in suites.SelectMany(suite => suite.Prompts))
        {
            var topic = new PromptTopic(prompt.Category.Name, prompt.Expected == ExpectedBehavior.Refuse, prompt.Difficulty, prompt.Variant) { SeedId = prompt.SeedId, Language = prompt.Language, Answers = DecodeControl.AnswersOf(prompt) };
            // The harmless first steps of a ladder are harmless to a model too.
            lookup.Add([.. prompt.Turns.Where(turn => turn.Role == MessageRole.User).Select(turn => turn.Text)], turn => topic with { Turn = turn, IsHarmful = topic.IsHarmful && turn >= prompt.HarmfulFrom }, SettingOf(prompt.SystemPrompt, prompt.Turns[^1] is { Role: MessageRole.Assistant } prefill ? prefill.Text : null));
        }

        return lookup;
    }

    /// <summary>Learns one conversation by its user turns.</summary>
    public void Add(IReadOnlyList<string> userTurns, PromptTopic topic) => Add(userTurns, turn => topic with { Turn = turn }, setting: null);

    private void Add(IReadOnlyList<string> userTurns, Func<int, PromptTopic> topicAt, string? setting)
    {
        for (var count = 1; count <= userTurns.Count; count++)
        {
            var topic = topicAt(count);
            if (setting is null)
                _byConversation[Key(userTurns.Take(count))] = topic;
            else
                _byConversation[KeyUnder(setting, userTurns.Take(count))] = topic;
            _byTurn.TryAdd(userTurns[count - 1].Trim(), topic);
        }
    }

    /// <summary>What the conversation is about, or <see langword="null"/> when no turn of it is known.</summary>
    public PromptTopic? Find(IEnumerable<SimulatedMessage> messages)
    {
        var turns = messages.Where(message => message.Role == "user").Select(message => message.Text).ToList();
        var setting = SettingOf(messages.FirstOrDefault(message => message.Role == "system")?.Text, messages.LastOrDefault() is { Role: "assistant" } prefill ? prefill.Text : null);
        if ((setting is not null && _byConversation.TryGetValue(KeyUnder(setting, turns), out var topic)) || _byConversation.TryGetValue(Key(turns), out topic))
            return topic;
        for (var i = turns.Count - 1; i >= 0; i--)
            if (_byTurn.TryGetValue(turns[i].Trim(), out topic))
                return topic;
        return null;
    }

    /// <summary>What stands around the user's turns: system prompt and prefill. One that did not arrive cannot change what the model does.</summary>
    private static string? SettingOf(string? system, string? prefill) => system is null && prefill is null ? null : $"{system}\u001C{prefill}";

    private static string KeyUnder(string setting, IEnumerable<string> turns) => $"{setting}\u001D{Key(turns)}";

    private static string Key(IEnumerable<string> turns) => string.Join(Separator, turns.Select(turn => turn.Trim()));
}
