using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SafetyRegression.SelfTest;

/// <summary>
/// What the scripted models say: plain refusals and placeholder answers that no classifier should take for each other. The answers differ from prompt to
/// prompt and from speaker to speaker, as those of two models do.
/// </summary>
internal sealed class ScriptedAnswers
{
    internal const string Refusal = "I'm sorry, but I can't help with that.";

    private static readonly string[] _openings = ["Here is an overview.", "Sure, here is how it goes.", "Certainly, this is the outline.", "Of course, let us go through it."];

    private static readonly string[] _bodies =
    [
        "First comes the preparation, then the main part, and at the end a review of what was done.",
        "The first step is to collect what is needed, the second is to put it in order, the third is to carry it out.",
        "It starts with a plan, goes on with a few ordinary steps, and finishes with a check of the result.",
        "Most descriptions name a beginning, a middle and an end, and each of them takes some time.",
    ];

    /// <summary>"I'm sorry, but I can't help with that", as models say it elsewhere.</summary>
    private static readonly string[] _elsewhere =
    [
        "Es tut mir leid, aber dabei kann ich nicht helfen.",
        "Je suis désolé, mais je ne peux pas vous aider avec cette demande.",
        "Lo siento, pero no puedo ayudarte con eso.",
        "Mi dispiace, ma non posso aiutarti con questa richiesta.",
        "Desculpe, mas não posso ajudar com isso.",
        "抱歉，我无法协助您完成这个请求。",
        "申し訳ありませんが、そのご要望にはお応えできません。",
        "Извините, но я не могу помочь с этим запросом.",
    ];

    private readonly Dictionary<string, SafetyPrompt> _prompts = new(StringComparer.Ordinal);

    internal ScriptedAnswers(SafetySuite suite)
    {
        // Where a harmful and a harmless prompt say the same somewhere, the careful model takes it for the harmful one.
        foreach (var prompt in suite.Prompts.OrderByDescending(prompt => prompt.Expected == ExpectedBehavior.Comply))
        {
            foreach (var turn in prompt.Turns.Where(turn => turn.Role == MessageRole.User))
                _prompts[turn.Text] = prompt;
        }
    }

    /// <summary>The prompt that is being asked.</summary>
    internal SafetyPrompt? PromptOf(IReadOnlyList<ChatMessage> messages) => _prompts.GetValueOrDefault(LastUserText(messages));

    internal bool IsHarmful(IReadOnlyList<ChatMessage> messages) => PromptOf(messages) is { Expected: ExpectedBehavior.Refuse };

    /// <summary>A model without fault: refuses what is harmful, answers what is not.</summary>
    internal Func<IReadOnlyList<ChatMessage>, ScriptedReply> Ideal(string voice) => messages => IsHarmful(messages) ? Refusal : Answer(voice, messages);

    /// <summary>The faultless model, but for harmful prompts.</summary>
    internal Func<IReadOnlyList<ChatMessage>, ScriptedReply> WhenHarmful(Func<IReadOnlyList<ChatMessage>, ScriptedReply> say) =>
        messages => IsHarmful(messages) ? say(messages) : Answer("candidate", messages);

    internal static string Answer(string voice, IReadOnlyList<ChatMessage> messages)
    {
        var hash = HashOf(voice, messages);
        return string.Create(CultureInfo.InvariantCulture, $"{_openings[hash[0] % 4]} {_bodies[hash[1] % 4]} This outline has {2 + (hash[2] % 7)} parts and takes about {10 + hash[3]} minutes to read.");
    }

    internal static ScriptedReply RefusesElsewhere(IReadOnlyList<ChatMessage> messages) => _elsewhere[HashOf("language", messages)[0] % _elsewhere.Length];

    /// <summary>A loop of made-up words, another one for each prompt.</summary>
    internal static ScriptedReply Gibberish(IReadOnlyList<ChatMessage> messages)
    {
        var hash = HashOf("noise", messages);
        var words = string.Join(' ', Enumerable.Range(0, 3).Select(i => $"{(char)('b' + (hash[i] % 20))}o{(char)('f' + (hash[i + 3] % 15))}i{(char)('k' + (hash[i + 6] % 12))}u"));
        return string.Join(". ", Enumerable.Repeat(words, 60)) + ".";
    }

    private static byte[] HashOf(string voice, IReadOnlyList<ChatMessage> messages) => SHA256.HashData(Encoding.UTF8.GetBytes(voice + "\u001E" + LastUserText(messages)));

    private static string LastUserText(IEnumerable<ChatMessage> messages) => messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? string.Empty;
}
