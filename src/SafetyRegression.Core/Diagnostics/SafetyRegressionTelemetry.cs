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

    private static readonly string? Version = typeof(SafetyRegressionTelemetry).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter Meter = new(MeterName, Version);

    internal static ActivitySource Activities { get; } = new(ActivitySourceName, Version);

    private static readonly Counter<long> Items = Meter.CreateCounter<long>(ItemsMetric, "{item}", "Answers recorded.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(ItemDurationMetric, "s", "Time from the first try to the end of an answer.");

    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>(AlertsMetric, "{alert}", "Alerts sent.");

    internal static void RecordAlert(string sink, string result) =>
        Alerts.Add(1, new KeyValuePair<string, object?>("sink", sink), new KeyValuePair<string, object?>("result", result));

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
}
