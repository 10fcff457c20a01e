using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>How far the judges of a panel agree, over the answers they were asked about.</summary>
public sealed record PanelAgreement
{
    /// <summary>Answers put to the panel.</summary>
    public required long Answers { get; init; }

    /// <summary>Answers with at least two votes that were not all the same.</summary>
    public required long Disputed { get; init; }

    /// <summary>The share of disputed answers, 0–1, above which the panel is not to be trusted.</summary>
    public double MaxDisputed { get; init; } = PanelOptions.DefaultMaxDisputed;

    /// <summary>Votes missing per judge.</summary>
    public required ImmutableArray<MissingVotes> Missing { get; init; }

    /// <summary>Cohen's κ of each pair of judges.</summary>
    public required ImmutableArray<JudgePair> Pairwise { get; init; }

    /// <summary>Fleiss' κ over the answers that every judge voted on.</summary>
    public double? Fleiss { get; init; }

    /// <summary>Krippendorff's α over all votes, missing ones allowed.</summary>
    public double? Krippendorff { get; init; }

    /// <summary>The share of answers that were disputed, 0–1.</summary>
    public double DisputedShare => Answers == 0 ? 0 : (double)Disputed / Answers;
}
