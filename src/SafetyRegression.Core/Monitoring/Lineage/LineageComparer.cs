using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>Compares the new iteration with a stored run.</summary>
internal sealed class LineageComparer(LineageInput input, StoredRun now, SafetyPolicy policy, DateTimeOffset? asOf, CancellationToken cancellationToken)
{
    internal LineageComparison Compare(LineageReference against, StoredRun then, ImmutableArray<string> breaks, double lookLevel, bool isStep)
    {
        if (!breaks.IsEmpty)
            return new LineageComparison { Against = against, Breaks = breaks };
        // Samples may lack what the stored form leaves out, so both sides are compared in it; the same model twice is what a scheduled check compares.
        var options = new ReportOptions { AllowSameTarget = true, AsOf = asOf };
        var candidate = now.ToRun(Arm.Candidate) with { Stopped = input.Run.Stopped };
        var report = RegressionReport.Create(input.Suite, then.ToRun(Arm.Baseline), candidate, policy, options, cancellationToken);
        var level = lookLevel / LookAdjustment.ClaimsOf(report.Analysis);
        var analysis = LookAdjustment.Apply(report.Analysis, policy, level, isStep);
        return new LineageComparison
        {
            Against = against,
            Report = report with { Analysis = analysis, Decision = new DeploymentGate().Decide(analysis, policy, asOf) },
            Level = level,
            Regressed = [.. LookAdjustment.Regressed(analysis)],
        };
    }
}
