using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>What became of the anchors of a judge.</summary>
/// <param name="Batches">Batches that were checked.</param>
/// <param name="Voided">Batches of which no verdict counts.</param>
/// <param name="VoidedAnswers">Answers left undetermined because of that.</param>
/// <param name="FailedAnchors">The anchors judged wrongly, with how often.</param>
public sealed record AnchorReport(int Batches, int Voided, long VoidedAnswers, ImmutableSortedDictionary<string, int> FailedAnchors)
{
    /// <summary>The counts in one line.</summary>
    public override string ToString() => $"{Voided} of {Batches} batches voided by anchors, {VoidedAnswers} answers without a verdict";
}
