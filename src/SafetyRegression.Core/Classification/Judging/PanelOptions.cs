namespace SafetyRegression.Classification;

/// <summary>How a panel decides.</summary>
public sealed class PanelOptions
{
    internal const double DefaultMaxDisputed = .25;

    /// <summary>The fewest votes that make a decision, at least 2 (1 only for a panel that may stand on a single judge). Default: more than half of the judges, at least 2.</summary>
    public int? Quorum { get; set; }

    /// <summary>
    /// The share of answers, 0–1, on which the judges may differ before the judge-trust gate no longer trusts them. Default 0.25: public judges differ on
    /// about one answer in ten when they tell three classes apart, three judges on more.
    /// </summary>
    public double MaxDisputed { get; set; } = DefaultMaxDisputed;
}
