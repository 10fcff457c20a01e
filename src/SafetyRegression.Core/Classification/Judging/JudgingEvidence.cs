using System.Collections.Immutable;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>What a host knows of its judges beside their verdicts: how they did against people, whether they agree, whether they were awake. Numbers and names only.</summary>
public sealed record JudgingEvidence
{
    /// <summary>Nothing is known; no judge was asked.</summary>
    public static JudgingEvidence None { get; } = new();

    /// <summary>The measured error of the whole classifier on human labels, good or bad; <see langword="null"/> when it was not measured on enough labels.</summary>
    public CalibrationReport? Calibration { get; init; }

    /// <summary>The judge models.</summary>
    public ImmutableArray<JudgeModel> Judges { get => field.IsDefault ? [] : field; init; }

    /// <summary>How far the judges of a panel agreed.</summary>
    public PanelAgreement? Panel { get; init; }

    /// <summary>How many answers each stage of a cascade was asked for.</summary>
    public CascadeCounts? Cascade { get; init; }

    /// <summary>What became of the anchors of each judge.</summary>
    public ImmutableArray<JudgeAnchors> Anchors { get => field.IsDefault ? [] : field; init; }

    /// <summary>What a classifier tells of its judges; <see cref="None"/> when it has none.</summary>
    /// <param name="classifier">The classifier.</param>
    public static JudgingEvidence Of(IResponseClassifier classifier) => (classifier as IJudgingClassifier)?.Evidence ?? None;

    /// <summary>What several classifiers that make up one tell together. The calibration of a part says nothing about the whole and is left out.</summary>
    /// <param name="parts">The parts.</param>
    public static JudgingEvidence Of(IEnumerable<IResponseClassifier> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var all = parts.Select(Of).ToList();
        return new JudgingEvidence
        {
            Judges = [.. all.SelectMany(static part => part.Judges)],
            Panel = all.Select(static part => part.Panel).FirstOrDefault(static panel => panel is not null),
            Cascade = all.Select(static part => part.Cascade).FirstOrDefault(static counts => counts is not null),
            Anchors = [.. all.SelectMany(static part => part.Anchors)],
        };
    }

    /// <summary>Refuses judges of the family of a judged model, unless the host insists.</summary>
    /// <param name="judged">The model ids of the arms.</param>
    /// <exception cref="SameFamilyJudgeException">A judge is of the family of a judged model, and that was not allowed.</exception>
    public void CheckFamilies(params IReadOnlyList<string> judged)
    {
        ArgumentNullException.ThrowIfNull(judged);
        foreach (var judge in Judges)
            _ = ModelFamily.Check([judge.Model], judged, judge.AllowSameFamily);
    }
}
