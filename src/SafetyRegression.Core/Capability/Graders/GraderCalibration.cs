using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression.Classification;

namespace SafetyRegression.Capability;

/// <summary>How far a grader (a model that scores answers) agrees with people. Holds numbers only, never a text.</summary>
public sealed record GraderCalibration
{
    /// <summary>The share of the scale by which a grader may favour one model over another before that is pointed out.</summary>
    public const double GapLimit = .05;

    /// <summary>The grader's name.</summary>
    public required string Grader { get; init; }

    /// <summary>Answers with a score of a person.</summary>
    public required int Labeled { get; init; }

    /// <summary>Of those: answers the grader gave no score.</summary>
    public required int Unscored { get; init; }

    /// <summary>
    /// Cohen's κ with quadratic weights over ten steps of the scale (preferences: unweighted over baseline, candidate and tie); <see langword="null"/> when
    /// it is not defined (no labels, or one step only).
    /// </summary>
    public AgreementResult? Kappa { get; init; }

    /// <summary>Krippendorff's α with the interval metric on the same steps (preferences: nominal).</summary>
    public double? Alpha { get; init; }

    /// <summary>The share of answers on the same step.</summary>
    public double? Agreement { get; init; }

    /// <summary>Mean distance from the person's score, 0–1; <see langword="null"/> for preferences.</summary>
    public double? MeanAbsoluteError { get; init; }

    /// <summary>Grader − person over all answers (preferences: of a score that is 1 for the candidate, ½ for a tie, 0 for the baseline).</summary>
    public GraderBias? Bias { get; init; }

    /// <summary>The same per model, as far as the answers name theirs; empty for preferences.</summary>
    public ImmutableSortedDictionary<string, GraderBias> Models { get; init; } = ImmutableSortedDictionary<string, GraderBias>.Empty;

    /// <summary>Pairs of models between which the grader's bias differs by more than <see cref="GapLimit"/>, or demonstrably (p &lt; .01); the largest first.</summary>
    public ImmutableArray<GraderBiasGap> Gaps { get; init; } = [];

    /// <summary>
    /// Whether the grader may be relied on: at least <see cref="CalibrationReport.FewestLabels"/> scored labels, κ of at least
    /// <see cref="CalibrationReport.LowestKappa"/>, and no gap between models.
    /// </summary>
    public bool IsTrusted => Labeled - Unscored >= CalibrationReport.FewestLabels && Kappa?.Coefficient >= CalibrationReport.LowestKappa && Gaps.IsEmpty;

    /// <summary>Name, κ, bias and gaps.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Grader}: {Labeled - Unscored} of {Labeled} labels scored, κ {Kappa?.Coefficient:0.00}, bias {Bias?.Bias:+0.000;-0.000;0}, {Gaps.Length} gaps between models{(IsTrusted ? string.Empty : "; not to be relied on")}");
}
