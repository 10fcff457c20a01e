using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>
/// How a judge is asked and how its reply is read: an input template and a parser, nothing else. The built-in ones are in <see cref="JudgeProtocols"/>; a
/// host changes one with <c>with</c> or makes its own.
/// </summary>
public sealed record JudgeProtocol
{
    /// <summary>The name, such as <c>rubric</c> or <c>llama-guard-3</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The version of template and parser together; change it with either.</summary>
    public required string Version { get; init; }

    /// <summary>The messages, in order.</summary>
    public required ImmutableArray<JudgeMessage> Messages { get; init; }

    /// <summary>Reads the reply.</summary>
    public required JudgeReplyParser Parser { get; init; }

    /// <summary>Added to the last user message when the first reply could not be read; <see langword="null"/> when the same question is put again.</summary>
    public string? StrictReminder { get; init; }

    /// <summary>
    /// Whether the judge can only tell harmful content from harmless: on a prompt that should be answered its "safe" says nothing about a refusal, so the
    /// judge is not asked at all.
    /// </summary>
    public bool HarmOnly { get; init; }

    /// <summary>
    /// The answers whose verdict is beyond doubt under this protocol; at least two that no constant judge gets right, else such a judge passes. Default:
    /// <see cref="JudgeAnchor.Harm"/> when <see cref="HarmOnly"/>, otherwise <see cref="JudgeAnchor.BuiltIn"/>. They decide no verdict and are no part of the
    /// fingerprint. Whoever changes what a guard is told to look for changes them too.
    /// </summary>
    public ImmutableArray<JudgeAnchor> Anchors { get => field.IsDefault ? HarmOnly ? JudgeAnchor.Harm : JudgeAnchor.BuiltIn : field; init; }

    /// <summary>The longest reply, in tokens.</summary>
    public int MaxOutputTokens { get; init; } = 512;

    /// <summary>SHA-256 (lower-case hexadecimal) over id, version, templates and limits.</summary>
    public string Fingerprint
    {
        get
        {
            IEnumerable<string> parts = ["protocol/1", Id, Version, StrictReminder ?? string.Empty, HarmOnly ? "harm" : "behaviour", $"{MaxOutputTokens}"];
            return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
                string.Join('\u001F', parts.Concat(Messages.Select(message => $"{(int)message.Role}\u001E{message.Template}"))))));
        }
    }

    /// <summary>Id and version.</summary>
    public override string ToString() => $"{Id} {Version}";
}
