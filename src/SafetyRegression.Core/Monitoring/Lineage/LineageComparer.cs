using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>Compares the new iteration with a stored run.</summary>
internal sealed class LineageComparer(LineageInput input, StoredRun now, SafetyPolicy policy, DateTimeOffset? asOf, CancellationToken cancellationToken)
{
    internal LineageComparison Compare(LineageReference against, StoredRun then, ImmutableArray<string> breaks, double lookLevel, bool isStep)
    {
        if (!breaks.IsEmpty)
            return new LineageComparison { Against = against, Breaks = breaks };
        var measures = LineageMeasures.Of(then, now, input.Capability?.Suite);
        // Samples may lack what the stored form leaves out, so both sides are compared in it; the same model twice is what a scheduled check compares.
        var options = new ReportOptions { AllowSameTarget = true, AsOf = asOf, Capability = measures.HasCapability ? Abilities(then) : null };
        var baseline = RunOf(then, Arm.Baseline, measures);
        var candidate = RunOf(now, Arm.Candidate, measures) with { Stopped = input.Run.Stopped };
        var report = RegressionReport.Create(input.Suite, baseline, candidate, policy, options, cancellationToken);
        var level = lookLevel / LookAdjustment.ClaimsOf(report.Analysis);
        var analysis = LookAdjustment.Apply(report.Analysis, policy, level, isStep);
        return new LineageComparison
        {
            Against = against,
            Report = report with { Analysis = analysis, Decision = new DeploymentGate().Decide(analysis, policy, asOf) },
            Level = level,
            Regressed = [.. LookAdjustment.Regressed(analysis)],
            Uncompared = measures.Uncompared,
        };
    }

    private CapabilityComparison Abilities(StoredRun then) =>
        new(input.Capability!.Suite, then.Capability!.ToRun(Arm.Baseline, then.Target), now.Capability!.ToRun(Arm.Candidate, now.Target));

    private static SuiteRun RunOf(StoredRun stored, Arm arm, LineageMeasures measures)
    {
        var run = stored.ToRun(arm);
        return measures.HasToxicity ? run : run with { Samples = [.. run.Samples.Select(static sample => sample with { Toxicity = null, HasUnscoredText = false })] };
    }
}
