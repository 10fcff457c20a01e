namespace SafetyRegression.Classification;

/// <summary>
/// A classifier with the host's own calibration: its labels count as calibrated when the calibration was measured on this very fingerprint, on enough
/// labels, and agrees with people; otherwise they stay as they were. A missing or foreign calibration is never taken for a perfect one.
/// </summary>
public sealed class CalibratedClassifier : IJudgingClassifier
{
    private readonly IResponseClassifier _inner;
    private readonly CalibrationReport? _measured;

    /// <summary>Attaches a calibration.</summary>
    /// <param name="inner">The classifier.</param>
    /// <param name="calibration">The calibration, or <see langword="null"/> when there is none.</param>
    public CalibratedClassifier(IResponseClassifier inner, CalibrationReport? calibration)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _measured = calibration is { Count: >= CalibrationReport.FewestLabels } &&
            string.Equals(calibration.Classifier.Fingerprint, inner.Identity.Fingerprint, StringComparison.Ordinal) ? calibration : null;
        Calibration = _measured is { IsSufficient: true, Kappa: >= CalibrationReport.LowestKappa } ? _measured : null;
        Identity = Calibration is null || inner.Identity.Trust == LabelTrust.Human ? inner.Identity : inner.Identity with { Trust = LabelTrust.Calibrated };
    }

    /// <summary>The calibration that applies; <see langword="null"/> when none does.</summary>
    public CalibrationReport? Calibration { get; }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <summary>What the judges did, with the calibration also when it is too bad to trust: the judge-trust gate must see it.</summary>
    public JudgingEvidence Evidence => JudgingEvidence.Of(_inner) with { Calibration = _measured };

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep) => new CalibratedClassifier(_inner.Kept(keep), _measured);

    /// <inheritdoc/>
    public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
        _inner.ClassifyAsync(request, cancellationToken);
}
