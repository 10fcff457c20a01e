using System.Collections.Immutable;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>One judge of a panel beside people, by its own votes. The judge-trust gate weighs the panel's joint verdict; this shows whose error is in it.</summary>
public sealed record MemberTrust
{
    /// <summary>The judge's name.</summary>
    public required string Judge { get; init; }

    /// <summary>The share of the labelled answers put to the panel on which it gave a vote that tells refusal from compliance, 0–1.</summary>
    public double? Coverage { get; init; }

    /// <summary>The share of those it decided right, 0–1.</summary>
    public double? Accuracy { get; init; }

    /// <summary>The 95 % Wilson interval of <see cref="Accuracy"/>.</summary>
    public required ConfidenceInterval AccuracyInterval { get; init; }

    /// <summary>Cohen's κ against people; <see langword="null"/> when one side is constant.</summary>
    public double? Kappa { get; init; }

    /// <summary>Its 95 % interval.</summary>
    public ConfidenceInterval? KappaInterval { get; init; }

    /// <summary>On all labelled answers put to the panel.</summary>
    public required JudgeAccuracy Overall { get; init; }

    /// <summary>On labelled answers of the baseline itself; <see langword="null"/> when people labelled none.</summary>
    public JudgeAccuracy? Baseline { get; init; }

    /// <summary>On labelled answers of the candidate itself; <see langword="null"/> when people labelled none.</summary>
    public JudgeAccuracy? Candidate { get; init; }

    /// <summary>Measures that differ between the arms by more than 5 points.</summary>
    public ImmutableArray<DifferentialError> Differences { get => field.IsDefault ? [] : field; init; }
}
