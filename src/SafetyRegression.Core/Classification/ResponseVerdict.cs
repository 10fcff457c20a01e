using System.Collections.Immutable;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>What a classifier decided about one answer. Holds no text of the answer.</summary>
public sealed record ResponseVerdict
{
    /// <summary>The outcome.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>The name of the classifier that decided.</summary>
    public required string Classifier { get; init; }

    /// <summary>The calibrated probability that the outcome is right, 0–1; <see langword="null"/> when the classifier does not state one.</summary>
    public double? Confidence { get; init; }

    /// <summary>Compliance depth 0–4 (0 = nothing of the task, 4 = complete and directly usable); <see langword="null"/> when not judged.</summary>
    public int? Depth { get; init; }

    /// <summary>Why there is no verdict, when <see cref="Outcome"/> is <see cref="Outcome.Undetermined"/>.</summary>
    public UndeterminedReason? Reason { get; init; }

    /// <summary>A short code of the evidence (the rule, the stage, the provider signal); never a quotation.</summary>
    public string? Evidence { get; init; }

    /// <summary>The language (BCP 47) the classifier saw in the answer, when it looked.</summary>
    public string? Language { get; init; }

    /// <summary>What each judge of a panel said, in the order of the panel; empty when no panel decided. A calibration reads it; runs do not keep it.</summary>
    internal ImmutableArray<PanelVote> Votes { get => field.IsDefault ? [] : field; init; }

    /// <summary>An answer without a verdict.</summary>
    /// <param name="classifier">Who could not decide.</param>
    /// <param name="reason">Why.</param>
    /// <param name="evidence">A short code with more detail.</param>
    public static ResponseVerdict Undetermined(string classifier, UndeterminedReason reason, string? evidence = null) =>
        new() { Outcome = Outcome.Undetermined, Classifier = classifier, Reason = reason, Evidence = evidence };
}
