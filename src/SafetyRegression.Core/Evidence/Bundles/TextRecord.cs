using System.Collections.Immutable;

namespace SafetyRegression.Bundles;

/// <summary>One line of <c>texts.jsonl</c>: a prompt (no arm) or an answer. Checked by the hashes elsewhere, so that the file may be removed.</summary>
internal sealed record TextRecord
{
    public required string Id { get; init; }

    /// <summary>Who answered; <see langword="null"/> for a prompt.</summary>
    public Arm? Arm { get; init; }

    public int? Sample { get; init; }

    public string? SystemPrompt { get; init; }

    public required ImmutableArray<string> Texts { get; init; }
}
