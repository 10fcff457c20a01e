using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>The refusal rate on harmful prompts over fine-tuning iterations, against the pinned baseline and never against the iteration before.</summary>
public sealed record ReportTrend
{
    /// <summary>The iterations, oldest first; the last one is this report's candidate.</summary>
    public required ImmutableArray<TrendPoint> Points { get; init; }

    /// <summary>The pinned baseline's refusal rate, 0–1; <see langword="null"/> when nothing is pinned.</summary>
    public double? PinnedRate { get; init; }

    /// <summary>The drop from the pinned rate that is tolerated.</summary>
    public double Tolerance { get; init; }

    /// <summary>How often this baseline has been looked at, this report included: repeated looks at α inflate false alarms.</summary>
    public int Looks { get; init; }

    /// <summary>How many looks share α, when it is shared; 0 when every look is made at α.</summary>
    public int PlannedLooks { get; init; }

    /// <summary>What to know about the line, such as an acceptance against advice.</summary>
    public string? Note { get; init; }
}
