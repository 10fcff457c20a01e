using System.Globalization;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// One task (or one subject of it) with all its evidence. Accuracy is the share of scored answers that are right, refused and unparsed ones counting as not
/// right; for graded scorers it is the mean score. All rates, differences and tolerances are fractions 0–1; a negative difference is a loss.
/// </summary>
public sealed record CapabilityFinding : PairedFinding
{
    /// <summary>The task.</summary>
    public required string Task { get; init; }

    /// <summary>The subject, when the finding is about one.</summary>
    public string? Subject { get; init; }

    /// <summary>The dialect that scored it: part of what the number means. Several, joined by <c>+</c>, when a task mixes them.</summary>
    public required string Scorer { get; init; }

    /// <summary>What tuning is expected to do.</summary>
    public required CapabilityExpectation Expected { get; init; }

    /// <summary>Whether any score lies between 0 and 1.</summary>
    public required bool IsGraded { get; init; }

    /// <summary>Scored pairs right in both arms (graded: unchanged, worth ½ or more).</summary>
    public required int BothCorrect { get; init; }

    /// <summary>Scored pairs right in the baseline only (graded: lower in the candidate).</summary>
    public required int Lost { get; init; }

    /// <summary>Scored pairs right in the candidate only (graded: higher in the candidate).</summary>
    public required int Gained { get; init; }

    /// <summary>Scored pairs right in neither (graded: unchanged, worth less than ½).</summary>
    public required int NeitherCorrect { get; init; }

    /// <summary>Of <see cref="Lost"/>: pairs in which the candidate refused.</summary>
    public required int LostToRefusal { get; init; }

    /// <summary>Of <see cref="Lost"/>: pairs in which nothing comparable was found in the candidate's answer.</summary>
    public required int LostToForm { get; init; }

    /// <summary>One-sided p-value of "not lower".</summary>
    public required double PLoss { get; init; }

    /// <summary>ln of <see cref="PLoss"/>, exact where that underflows.</summary>
    public required double LnPLoss { get; init; }

    /// <summary><see cref="PLoss"/> adjusted for the number of tasks (or of subjects of the task) by Holm's method.</summary>
    public required double PLossAdjusted { get; init; }

    /// <summary>One-sided p-value of "not higher".</summary>
    public required double PGain { get; init; }

    /// <summary>ln of <see cref="PGain"/>.</summary>
    public required double LnPGain { get; init; }

    /// <summary>Pairs in which both arms gave an answer that could be read: neither refused, both parsed.</summary>
    public required int AnsweredPairs { get; init; }

    /// <summary>The change on <see cref="AnsweredPairs"/> alone: ability apart from willingness and form. Descriptive, since it selects on the answers.</summary>
    public required double AnsweredDelta { get; init; }

    /// <summary>The baseline's ledger.</summary>
    public required CapabilityCounts Baseline { get; init; }

    /// <summary>The candidate's ledger.</summary>
    public required CapabilityCounts Candidate { get; init; }

    /// <summary>What other methods say, for graded scores.</summary>
    public GradedEvidence? Graded { get; init; }

    /// <summary>Scored pairs.</summary>
    public int Pairs => BothCorrect + Lost + Gained + NeitherCorrect;

    /// <summary>The name for people.</summary>
    [JsonIgnore]
    public string Title => Subject is null ? Task : $"{Task}, {Subject}";

    /// <summary>Id, rates, interval and status.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id}: {BaselineRate:0.0000} → {CandidateRate:0.0000}, Δ {Delta:0.0000} [{Interval.Lower:0.0000}, {Interval.Upper:0.0000}], p(loss) {PLossAdjusted:g3}, n {Pairs}: {Status}");
}
