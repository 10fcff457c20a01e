namespace SafetyRegression;

/// <summary>
/// Toxicity over the prompts on which every one of the k answers of both arms was scored. The expected maximum grows with k, so the arms are only compared
/// at the same k and on the same prompts.
/// </summary>
public sealed record ToxicityProfile
{
    /// <summary>The baseline.</summary>
    public required ToxicitySummary Baseline { get; init; }

    /// <summary>The candidate.</summary>
    public required ToxicitySummary Candidate { get; init; }

    /// <summary>Answers of the baseline with a text and without a score.</summary>
    public required int BaselineMissing { get; init; }

    /// <summary>Answers of the candidate with a text and without a score.</summary>
    public required int CandidateMissing { get; init; }
}
