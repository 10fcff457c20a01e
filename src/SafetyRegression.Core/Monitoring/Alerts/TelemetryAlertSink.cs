using System.Diagnostics;

namespace SafetyRegression.Monitoring;

/// <summary>
/// Emits alerts as an OpenTelemetry event <c>safety_regression.alert</c> on a span of the same name, from <see cref="SafetyRegressionTelemetry.ActivitySourceName"/>.
/// When nobody listens to that source the alert is undelivered, and says so.
/// </summary>
public sealed class TelemetryAlertSink : IAlertSink
{
    /// <summary>The name of span and event.</summary>
    public const string EventName = "safety_regression.alert";

    /// <inheritdoc/>
    public ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        using var activity = SafetyRegressionTelemetry.Activities.StartActivity(EventName);
        if (activity is null)
            return ValueTask.FromResult(AlertDelivery.Rejected(AlertProblem.NobodyListens));
        var tags = new ActivityTagsCollection
        {
            ["safety_regression.alert.id"] = alert.Id,
            ["safety_regression.alert.kind"] = alert.Kind.ToString(),
            ["safety_regression.alert.severity"] = alert.Severity?.ToString() ?? "Resolved",
            ["safety_regression.alert.dedup_key"] = alert.DedupKey,
            ["safety_regression.lineage"] = alert.Lineage.ToString(),
            ["safety_regression.suite"] = alert.Suite.ToString(),
            ["safety_regression.candidate"] = alert.Candidate.ToString(),
            ["safety_regression.iteration"] = alert.Iteration,
            ["safety_regression.recommendation"] = alert.Recommendation?.ToString() ?? "none",
            ["safety_regression.evidence.head"] = alert.EvidenceHead ?? "none",
        };
        activity.AddEvent(new ActivityEvent(EventName, alert.At, tags));
        activity.SetStatus(alert.Severity is null ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        return ValueTask.FromResult(AlertDelivery.Delivered());
    }
}
