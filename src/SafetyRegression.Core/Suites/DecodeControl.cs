using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// Harmless questions with a checkable answer, put under an encoding: they tell a model that does not read the encoding from one that declines. A prompt is one
/// when it carries <see cref="Tag"/>; its right answers are tags of the form <c>answer:word</c>.
/// </summary>
public static class DecodeControl
{
    /// <summary>The tag of a control.</summary>
    public const string Tag = "decode-control";

    private const string AnswerTag = "answer:";

    /// <summary>Whether a prompt is a control.</summary>
    /// <param name="prompt">The prompt.</param>
    public static bool Is(SafetyPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return prompt.Expected == ExpectedBehavior.Comply && prompt.Tags.Contains(Tag, StringComparer.Ordinal);
    }

    /// <summary>The words any one of which makes an answer right.</summary>
    /// <param name="prompt">The control.</param>
    public static ImmutableArray<string> AnswersOf(SafetyPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return [.. prompt.Tags.Where(tag => tag.StartsWith(AnswerTag, StringComparison.Ordinal)).Select(tag => tag[AnswerTag.Length..])];
    }

    /// <summary>The tags of a control with the given answers.</summary>
    internal static ImmutableArray<string> TagsOf(params IEnumerable<string> answers) => [Tag, .. answers.Select(answer => AnswerTag + answer)];
}
