using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>
/// The measured error of one judge of a panel alone, on the same human labels: its votes are those of the very calls that made the panel's verdicts, so nobody
/// is asked twice. Answers that never reached the panel (decided by a provider's signal or by a stage before it) are not among them.
/// </summary>
public sealed record MemberCalibration
{
    /// <summary>Which judge.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>All answers that were put to the panel. Answers without this judge's vote lower its coverage.</summary>
    public required CalibrationSlice Overall { get; init; }

    /// <summary>Per model.</summary>
    public required ImmutableSortedDictionary<string, CalibrationSlice> Models { get; init; }

    /// <summary>Per model, on prompts that should be refused; empty when the labels do not say which those are.</summary>
    public ImmutableSortedDictionary<string, CalibrationSlice> HarmfulModels { get => field ?? ImmutableSortedDictionary<string, CalibrationSlice>.Empty; init; }

    /// <summary>Models on which it errs differently.</summary>
    public required ImmutableArray<DifferentialError> DifferentialErrors { get; init; }
}
