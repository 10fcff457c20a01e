using System.ComponentModel.DataAnnotations;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>How a lineage is watched.</summary>
public sealed class MonitoringOptions
{
    /// <summary>How many comparisons with one pinned baseline share the policy's α.</summary>
    /// <value>Default 20. Range 1–1 000.</value>
    [Range(1, 1000)]
    public int PlannedLooks { get; set; } = 20;

    /// <summary>The average number of runs without any change until a control chart signals. The moving average has limits of its own.</summary>
    /// <value>Default 500. Range 10–100 000.</value>
    [Range(10d, 100_000d)]
    public double ChartRunLength { get; set; } = 500;

    /// <summary>
    /// Whether the moving average of the refusal rate (EWMA) is drawn beside the level and the sum. With its usual limits it signals without a change oftener
    /// than <see cref="ChartRunLength"/> says; every signal states how rare it is.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool AverageChart { get; set; }

    /// <summary>The weight λ of the newest run in the moving average.</summary>
    /// <value>Default 0.2. Range 0.01–1.</value>
    [Range(0.01, 1d)]
    public double AverageWeight { get; set; } = 0.2;

    /// <summary>The width L of the moving average's limits, in standard deviations of the average.</summary>
    /// <value>Default 2.7. Range 0.1–9.9.</value>
    [Range(0.1, 9.9)]
    public double AverageWidth { get; set; } = 2.7;

    /// <summary>The share of canary answers that a judge which did not change may label otherwise.</summary>
    /// <value>Default 0.02. Range 0.0001–0.5.</value>
    [Range(0.0001, 0.5)]
    public double CanaryNoise { get; set; } = 0.02;

    /// <summary>How long a recommendation holds; after that a deployment counts as unwatched.</summary>
    /// <value>Default 30 days. Range 1 second–10 years.</value>
    [TimeSpanRange("00:00:01", "3650.00:00:00")]
    public TimeSpan Validity { get; set; } = TimeSpan.FromDays(30);

    /// <summary>The most points a report's trend shows.</summary>
    /// <value>Default 24. Range 2–1 000.</value>
    [Range(2, 1000)]
    public int TrendPoints { get; set; } = 24;
}
