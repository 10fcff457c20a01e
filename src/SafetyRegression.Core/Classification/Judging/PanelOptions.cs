namespace SafetyRegression.Classification;

/// <summary>How a panel decides.</summary>
public sealed class PanelOptions
{
    /// <summary>The fewest votes that make a decision, at least 2 (1 only for a panel that may stand on a single judge). Default: more than half of the judges, at least 2.</summary>
    public int? Quorum { get; set; }
}
