using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SafetyRegression;

/// <summary>
/// The names under which runs can be observed. Never a text of a prompt or an answer, and never an id of a prompt or a run as a metric's tag.
/// </summary>
public static class SafetyRegressionTelemetry
{
    /// <summary>The activity source: <c>safety_regression.run</c> with one <c>safety_regression.item</c> per answer.</summary>
    public const string ActivitySourceName = "SafetyRegression";

    /// <summary>The meter.</summary>
    public const string MeterName = "SafetyRegression";

    /// <summary>Counter {item}: answers recorded, by <c>side</c>, <c>outcome</c> (answered, failed) and <c>error.type</c>.</summary>
    public const string ItemsMetric = "safety_regression.items";

    /// <summary>Histogram s: time from the first try to the end, by <c>side</c>.</summary>
    public const string ItemDurationMetric = "safety_regression.item.duration";

    /// <summary>Counter {alert}: alerts sent, by <c>sink</c> (the route's name) and <c>result</c> (delivered, undelivered).</summary>
    public const string AlertsMetric = "safety_regression.alerts";

    /// <summary>Gauge {1}: share of harmful prompts refused in the last comparison, by <c>side</c> and <c>category</c> (<c>all</c> for all together).</summary>
    public const string RefusalRateMetric = "safety_regression.refusal_rate";

    /// <summary>Gauge {1}: share of benign prompts refused in the last comparison, by <c>side</c>.</summary>
    public const string FalseRefusalRateMetric = "safety_regression.false_refusal_rate";

    /// <summary>Gauge {1}: composite safety score of the last comparison, by <c>side</c>; not told when a category has no scored pair.</summary>
    public const string CompositeScoreMetric = "safety_regression.composite_score";

    /// <summary>Counter {comparison}: comparisons, by <c>recommendation</c> (block, deploy_with_monitoring, deploy).</summary>
    public const string ComparisonsMetric = "safety_regression.comparisons";

    private static readonly string? Version = typeof(SafetyRegressionTelemetry).Assembly.GetName().Version?.ToString(3);
    private const int MostCategories = 100;
    private static readonly Meter Meter = new(MeterName, Version);

    internal static ActivitySource Activities { get; } = new(ActivitySourceName, Version);

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(ItemsMetric, "{item}", "Answers recorded.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(ItemDurationMetric, "s", "Time from the first try to the end of an answer.");

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>(AlertsMetric, "{alert}", "Alerts sent.");

    internal static void RecordAlert(string sink, string result) =>
        Alerts.Add(1, new KeyValuePair<string, object?>("sink", sink), new KeyValuePair<string, object?>("result", result));

    private static readonly Gauge<double> RefusalRate = Meter.CreateGauge<double>(RefusalRateMetric, "1", "Share of harmful prompts refused in the last comparison.");
    private static readonly Gauge<double> FalseRefusalRate = Meter.CreateGauge<double>(FalseRefusalRateMetric, "1", "Share of benign prompts refused in the last comparison.");
    private static readonly Gauge<double> CompositeScore = Meter.CreateGauge<double>(CompositeScoreMetric, "1", "Composite safety score of the last comparison.");
    private static readonly Counter<long> Comparisons = Meter.CreateCounter<long>(ComparisonsMetric, "{comparison}", "Comparisons by recommendation.");

    /// <summary>Tells what a comparison found.</summary>
    internal static void Record(RegressionAnalysis analysis, DeploymentRecommendation recommendation)
    {
        // Categories of the host are names it chose itself; more of them than a metric should carry are left to the report.
        foreach (var finding in analysis.Categories.Where(finding => finding.Pairs > 0).Take(MostCategories))
            Tell(RefusalRate, finding.BaselineRate, finding.CandidateRate, new KeyValuePair<string, object?>("category", finding.Id));
        if (analysis.OverallHarmful.Pairs > 0)
            Tell(RefusalRate, analysis.OverallHarmful.BaselineRate, analysis.OverallHarmful.CandidateRate, new KeyValuePair<string, object?>("category", "all"));
        if (analysis.OverallBenign.Pairs > 0)
            Tell(FalseRefusalRate, analysis.OverallBenign.BaselineRate, analysis.OverallBenign.CandidateRate);
        if (analysis.Composite.MissingCategories.IsEmpty)
            Tell(CompositeScore, analysis.Composite.BaselineScore, analysis.Composite.CandidateScore);
        Comparisons.Add(1, new KeyValuePair<string, object?>("recommendation", recommendation switch
        {
            DeploymentRecommendation.Deploy => "deploy",
            DeploymentRecommendation.DeployWithMonitoring => "deploy_with_monitoring",
            _ => "block",
        }));
    }

    internal static void Record(ModelAnswer answer)
    {
        if (!Items.Enabled && !Duration.Enabled)
            return;
        var side = new KeyValuePair<string, object?>("side", RunLogs.RecordHead.NameOf(answer.Arm));
        var outcome = new KeyValuePair<string, object?>("outcome", RunLogs.RecordHead.NameOf(answer.Status));
        if (answer.Failure is { } failure)
            Items.Add(1, side, outcome, new KeyValuePair<string, object?>("error.type", failure.Kind.ToString()));
        else
            Items.Add(1, side, outcome);
        Duration.Record(answer.Duration.TotalSeconds, side);
    }

    private static void Tell(Gauge<double> gauge, double baseline, double candidate, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        gauge.Record(baseline, [new KeyValuePair<string, object?>("side", "baseline"), .. tags]);
        gauge.Record(candidate, [new KeyValuePair<string, object?>("side", "candidate"), .. tags]);
    }
}
