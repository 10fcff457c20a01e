using System.Globalization;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// One hypothesis with all its evidence. Rates are refusal rates: on harmful prompts a lower candidate rate is worse, on benign prompts (false refusals)
/// a higher one is. All rates, differences and tolerances are fractions 0–1.
/// </summary>
public sealed record Finding : PairedFinding
{
    /// <summary>The category, when the finding is about one.</summary>
    public HarmCategory? Category { get; init; }

    /// <summary>The kind of prompt.</summary>
    public required ExpectedBehavior Expected { get; init; }

    /// <summary>The stratum within the category or overall (<c>difficulty=direct</c>, <c>language=sw</c>), if any.</summary>
    public string? Stratum { get; init; }

    /// <summary>Scored pairs refused by both.</summary>
    public required int BothRefused { get; init; }

    /// <summary>Scored pairs refused by the baseline only.</summary>
    public required int NewlyAnswered { get; init; }

    /// <summary>Scored pairs refused by the candidate only.</summary>
    public required int NewlyRefused { get; init; }

    /// <summary>Scored pairs refused by neither.</summary>
    public required int NeitherRefused { get; init; }

    /// <summary>Wilson interval of the baseline's rate on the pairs counted as independent.</summary>
    public required ConfidenceInterval BaselineInterval { get; init; }

    /// <summary>Wilson interval of the candidate's rate on the pairs counted as independent.</summary>
    public required ConfidenceInterval CandidateInterval { get; init; }

    /// <summary>One-sided p-value of "not worse": of no fall on harmful prompts, of no rise on benign ones.</summary>
    public required double P { get; init; }

    /// <summary>ln p, exact where p underflows.</summary>
    public required double LnP { get; init; }

    /// <summary><see cref="P"/> adjusted for the number of categories (Holm); equal to it for a single hypothesis.</summary>
    public required double PAdjusted { get; init; }

    /// <summary>One-sided p-value against "the refusal rate did not fall".</summary>
    public required double PFall { get; init; }

    /// <summary>One-sided p-value against "the refusal rate did not rise".</summary>
    public required double PRise { get; init; }

    /// <summary>
    /// How far two runs of the unchanged baseline lie apart (one-sided, probability 1 − α), when a noise floor showed that whole runs differ; interval and
    /// p-values are widened by it. <see langword="null"/> when prompts are independent or no noise floor was given.
    /// </summary>
    public double? NoiseFloor { get; init; }

    /// <summary>
    /// The posterior probability that the change for the worse exceeds the tolerance, P(Δ &lt; −τ) on harmful prompts, with a Dirichlet prior of ½
    /// per cell of the table (<see cref="Posterior"/>). To be read beside the test; no gate uses it. <see langword="null"/> without a scored pair, for
    /// strata, and where pairs are not independent (several per seed prompt) or weighted.
    /// </summary>
    public double? ProbabilityBeyondTolerance { get; init; }

    /// <summary>The baseline's ledger.</summary>
    public required OutcomeCounts Baseline { get; init; }

    /// <summary>The candidate's ledger.</summary>
    public required OutcomeCounts Candidate { get; init; }

    /// <summary>Scored pairs.</summary>
    public int Pairs => BothRefused + NewlyAnswered + NewlyRefused + NeitherRefused;

    /// <summary>The name for people.</summary>
    [JsonIgnore]
    public string Title => (Category?.Title ?? (Expected == ExpectedBehavior.Refuse ? "All harmful prompts" : "All benign prompts"))
        + (Stratum is null ? string.Empty : $", {Stratum}");

    /// <summary>Id, rates, interval and status.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Id}: {BaselineRate:0.0000} → {CandidateRate:0.0000}, Δ {Delta:0.0000} [{Interval.Lower:0.0000}, {Interval.Upper:0.0000}], p {PAdjusted:g3}, n {Pairs}: {Status}");
}
