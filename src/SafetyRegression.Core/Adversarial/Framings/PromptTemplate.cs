using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// A structure that a request is put into: a framing ("jailbreak"), a wrapper around an encoded text, or a context. Data, not code: messages with the slot
/// <c>{prompt}</c> in exactly one of them, and further slots with their default words. <see cref="ToString"/> withholds the texts.
/// </summary>
public sealed record PromptTemplate
{
    /// <summary>Where the request goes.</summary>
    public const string PromptSlot = "{prompt}";

    /// <summary>The short name: lower-case letters, digits and hyphens.</summary>
    public required string Name { get; init; }

    /// <summary>The version; a change of any word is a change of version. Default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>What it is: a framing, a wrapper or a context.</summary>
    public TemplateKind Kind { get; init; }

    /// <summary>The family it belongs to, such as <c>persona</c> or <c>prefix-injection</c>.</summary>
    public required string Family { get; init; }

    /// <summary>What it does, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>The system prompt it brings, or <see langword="null"/> for none. The empty text is an empty system prompt, which is not the same as none.</summary>
    public string? System { get; init; }

    /// <summary>The messages; exactly one holds <see cref="PromptSlot"/>, once. A last assistant message is a prefill.</summary>
    public required ImmutableArray<PromptMessage> Turns { get; init; }

    /// <summary>Further slots (without braces) and the words that go there. <c>encoding</c> is filled with the encoding's name when a text is encoded.</summary>
    public ImmutableSortedDictionary<string, string> Slots { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>Name and version, such as <c>persona@1</c>.</summary>
    public string Id => string.Create(global::System.Globalization.CultureInfo.InvariantCulture, $"{Name}@{Version}");

    /// <summary>Puts a request into the template.</summary>
    /// <param name="request">The text of the request, encoded or not; nothing in it is taken for a slot.</param>
    /// <param name="encoding">The name of its encoding, for the slot <c>encoding</c>.</param>
    /// <returns>The messages.</returns>
    public ImmutableArray<PromptMessage> Fill(string request, string? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return [.. Turns.Select(turn => turn with { Text = Fill(turn.Text, request, encoding) })];
    }

    /// <summary>Id and family; the texts are withheld.</summary>
    public override string ToString() => $"{Id} ({Family})";

    private string Fill(string text, string request, string? encoding)
    {
        foreach (var (name, value) in Slots)
            text = text.Replace($"{{{name}}}", name == "encoding" && encoding is not null ? encoding : value, StringComparison.Ordinal);
        var at = text.IndexOf(PromptSlot, StringComparison.Ordinal);
        return at < 0 ? text : string.Concat(text.AsSpan(0, at), request, text.AsSpan(at + PromptSlot.Length));
    }
}
