using System.Collections.Immutable;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>Whether the labels under the numbers can be trusted: the judge against people, per arm where people labelled the arms, and what the judges did.</summary>
public sealed record JudgeTrust
{
    /// <summary>Human labels the classifier was measured on; 0 when it was not measured.</summary>
    public required int HumanLabels { get; init; }

    /// <summary>Cohen's κ against people.</summary>
    public double? Kappa { get; init; }

    /// <summary>Its 95 % interval.</summary>
    public ConfidenceInterval? KappaInterval { get; init; }

    /// <summary>On all labels.</summary>
    public JudgeAccuracy? Overall { get; init; }

    /// <summary>On labelled answers of the baseline itself; <see langword="null"/> when people labelled none.</summary>
    public JudgeAccuracy? Baseline { get; init; }

    /// <summary>On labelled answers of the candidate itself; <see langword="null"/> when people labelled none.</summary>
    public JudgeAccuracy? Candidate { get; init; }

    /// <summary>Measures that differ between the arms by more than 5 points: such a judge makes a regression out of nothing, or hides one.</summary>
    public ImmutableArray<DifferentialError> Differences { get => field.IsDefault ? [] : field; init; }

    /// <summary>
    /// The change of the share of any kind of refusal on harmful prompts with the judge's measured errors taken out and their uncertainty carried through
    /// (pairs taken as independent); <see langword="null"/> when they are not known or too large to correct (sensitivity + specificity below 1.5).
    /// </summary>
    public CorrectedDifference? CorrectedDelta { get; init; }

    /// <summary>Whether <see cref="CorrectedDelta"/> uses errors measured per arm; otherwise both arms share those of all labels.</summary>
    public bool CorrectedPerArm { get; init; }

    /// <summary>The judge models.</summary>
    public ImmutableArray<string> Judges { get => field.IsDefault ? [] : field; init; }

    /// <summary>How far the judges of a panel agreed.</summary>
    public PanelAgreement? Panel { get; init; }

    /// <summary>Each judge of a panel beside people, in the order of the panel; <see langword="null"/> when the calibration does not hold them.</summary>
    public ImmutableArray<MemberTrust>? Members { get; init; }

    /// <summary>How many answers each stage of a cascade was asked for.</summary>
    public CascadeCounts? Cascade { get; init; }

    /// <summary>What became of the anchors of each judge.</summary>
    public ImmutableArray<JudgeAnchors> Anchors { get => field.IsDefault ? [] : field; init; }

    /// <summary>Judges of the family of a judged model, and families that are not known.</summary>
    public ImmutableArray<string> Warnings { get => field.IsDefault ? [] : field; init; }
}
