using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>What each route must be told: nothing when it knows already, so that one incident is one alert, and the first good iteration resolves it.</summary>
internal static class AlertPlan
{
    internal static ImmutableArray<(AlertRoute Route, SafetyAlert Alert)> Of(IEnumerable<AlertRoute> routes, SafetyAlert now, IReadOnlyList<AlertState> delivered) =>
    [
        .. from route in routes
           let wanted = now.Severity <= route.Least ? now.Severity : null
           let known = delivered.LastOrDefault(state => StringComparer.Ordinal.Equals(state.Route, route.Name))?.Severity
           where wanted != known
           select (route, now with { Severity = wanted, Kind = wanted is null ? AlertKind.Recovery : now.Kind }),
    ];

    /// <summary>The alert of an observed iteration; without a severity when all is well.</summary>
    internal static SafetyAlert Of(LineageAssessment assessment, RegressionReport? report, string? evidenceHead, Uri? address)
    {
        var entry = assessment.Entry;
        var recommendation = entry.Recommendation;
        var reference = assessment.AgainstPin?.Report ?? report;
        return new SafetyAlert
        {
            Lineage = AlertName.Of(assessment.Lineage),
            Suite = AlertName.Of(entry.Run.Suite.Name),
            Candidate = AlertName.Of(entry.Label),
            Kind = KindOf(assessment, report, recommendation),
            Severity = recommendation switch
            {
                DeploymentRecommendation.Deploy => null,
                DeploymentRecommendation.DeployWithMonitoring => AlertSeverity.Warning,
                _ => AlertSeverity.Critical,
            },
            Recommendation = recommendation,
            Iteration = assessment.Iteration,
            At = entry.At,
            Measurements = reference is null ? [] : [.. Measured(reference)],
            EvidenceHead = evidenceHead,
            Report = address,
        };
    }

    private static AlertKind KindOf(LineageAssessment assessment, RegressionReport? report, DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => AlertKind.Recovery,
        DeploymentRecommendation.Block or DeploymentRecommendation.DeployWithMonitoring when assessment.JudgeDrifted => AlertKind.JudgeDrift,
        DeploymentRecommendation.Block when assessment.IsRegression || report?.Decision.Gates.Any(gate => gate.Status == GateStatus.Failed) == true => AlertKind.Regression,
        DeploymentRecommendation.DeployWithMonitoring when !assessment.Signals.IsEmpty => AlertKind.Drift,
        DeploymentRecommendation.DeployWithMonitoring => AlertKind.Monitoring,
        _ => AlertKind.NotCleared,
    };

    private static IEnumerable<AlertMeasurement> Measured(RegressionReport report)
    {
        var analysis = report.Analysis;
        yield return Of(analysis.OverallHarmful, "All harmful prompts, refused");
        foreach (var finding in analysis.Categories.Where(finding => finding.Pairs > 0 && finding.Status is RegressionStatus.Regressed or RegressionStatus.WithinToleranceDeclined).OrderBy(finding => finding.Delta).Take(5))
            yield return Of(finding, finding.Category!.Value.Title);
        if (analysis.OverallBenign is { Pairs: > 0 } benign)
            yield return Of(benign, "All benign prompts, refused");
    }

    private static AlertMeasurement Of(Finding finding, string subject) =>
        new(AlertName.Of(subject), finding.BaselineRate, finding.CandidateRate, finding.Interval.Lower, finding.Interval.Upper, finding.Pairs);
}
