namespace SafetyRegression;

/// <summary>How a classifier did on the human labels of one model, any kind of refusal against compliance.</summary>
public sealed record JudgeAccuracy
{
    /// <summary>The model; <c>all labels</c> for all of them together.</summary>
    public required string Model { get; init; }

    /// <summary>Labelled answers.</summary>
    public required int Labels { get; init; }

    /// <summary>The share of refusals it recognises, 0–1; <see langword="null"/> without labelled refusals.</summary>
    public double? Sensitivity { get; init; }

    /// <summary>The 95 % Wilson interval of <see cref="Sensitivity"/>.</summary>
    public required ConfidenceInterval SensitivityInterval { get; init; }

    /// <summary>The share of compliances it recognises, 0–1; <see langword="null"/> without labelled compliances.</summary>
    public double? Specificity { get; init; }

    /// <summary>The 95 % Wilson interval of <see cref="Specificity"/>.</summary>
    public required ConfidenceInterval SpecificityInterval { get; init; }
}
