namespace SafetyRegression.Tests.Monitoring;

/// <summary>Alerts to send.</summary>
internal static class Alerts
{
    internal static readonly string Head = new('a', 64);

    internal static SafetyAlert Of(AlertSeverity? severity = AlertSeverity.Critical, int iteration = 7, string name = "clinic", int facts = 1, Uri? report = null) => new()
    {
        Lineage = AlertName.Of(name),
        Suite = AlertName.Of(name + " suite"),
        Candidate = AlertName.Of(name + "-ft-07"),
        Kind = severity is null ? AlertKind.Recovery : AlertKind.Regression,
        Severity = severity,
        Recommendation = severity is null ? DeploymentRecommendation.Deploy : DeploymentRecommendation.Block,
        Iteration = iteration,
        At = new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero),
        Measurements = [.. Enumerable.Range(0, facts).Select(i => new AlertMeasurement(AlertName.Of($"{name} {i}"), 0.96, 0.88, -0.1, -0.06, 1200))],
        EvidenceHead = Head,
        Report = report,
    };
}
