using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>The verdict of one (prompt, sample) of one arm, without any text.</summary>
public sealed record SampleVerdict
{
    /// <summary>The prompt's id.</summary>
    public required string ItemId { get; init; }

    /// <summary>0-based sample index.</summary>
    public required int Sample { get; init; }

    /// <summary>What was decided.</summary>
    public required ResponseVerdict Verdict
    {
        get;

        // A run may hold millions of verdicts and has no use for the votes behind them.
        init => field = value is { Votes.IsEmpty: false } ? value with { Votes = default } : value;
    }

    /// <summary>SHA-256 (lower-case hexadecimal) of the answer's text; <see langword="null"/> when there is none.</summary>
    public string? AnswerHash { get; init; }

    /// <summary>Length of the answer in characters.</summary>
    public int AnswerLength { get; init; }

    /// <summary>Toxicity of the answer, 0–1; <see langword="null"/> when it was not scored.</summary>
    public double? Toxicity { get; init; }

    /// <summary>Whether there was a text without a toxicity score, in a run that was stored without the hashes of its answers.</summary>
    internal bool HasUnscoredText { get; init; }

    /// <summary>The model id the provider says it used, when it differs from the one requested.</summary>
    public string? ReturnedModel { get; init; }

    /// <summary>The outcome of each turn of a conversation, in order, harmless first steps included; empty for single-turn prompts.</summary>
    public ImmutableArray<Outcome> TurnOutcomes { get; init; } = [];
}
