namespace SafetyRegression.Gating;

/// <summary>Every capability task must be shown to be within its tolerance, and what should improve must be shown to have improved.</summary>
internal sealed class CapabilityGate : IDeploymentGate
{
    public GateResult Evaluate(RegressionAnalysis analysis, SafetyPolicy policy)
    {
        if (analysis.Capability is not { } capability)
            return Result(GateStatus.NotConfigured, DeploymentRecommendation.Deploy, "Capability was not measured.", []);
        var tasks = capability.Tasks;
        var worst = tasks.Where(task => task.Status != RegressionStatus.WithinTolerance).OrderBy(task => StatusGate.Of(task.Status).Allows).ToList();
        var lostSubjects = capability.Subjects.Where(subject => subject.Status == RegressionStatus.Regressed).ToList();
        var allows = tasks.Select(task => StatusGate.Of(task.Status).Allows)
            .Append(lostSubjects.Count > 0 ? DeploymentRecommendation.DeployWithMonitoring : DeploymentRecommendation.Deploy)
            .Min();
        var status = worst.Exists(task => task.Status == RegressionStatus.Regressed) ? GateStatus.Failed
            : worst.Exists(task => task.Status == RegressionStatus.Inconclusive) ? GateStatus.Inconclusive
            : GateStatus.Passed;
        var evidence = worst.Count > 0
            ? string.Join("; ", worst.GroupBy(task => task.Status).Select(group =>
                $"{Say.Count(group.Count(), "task", "tasks")} {StatusGate.Words(group.Key)} ({Say.List(group.Select(Clause), 3)})"))
            : Best([.. tasks]);
        if (lostSubjects.Count > 0)
            evidence += $"; regressed within a task: {Say.List(lostSubjects.Select(Clause), 3)}";
        return Result(status, allows, evidence + ".", [.. worst.Concat(lostSubjects).Select(finding => finding.Id)]);
    }

    private static string Best(List<CapabilityFinding> tasks)
    {
        var shown = tasks.Where(task => task.Demonstrated).ToList();
        if (shown.Count < tasks.Count)
            return $"{Say.Count(tasks.Count, "task", "tasks")} within tolerance by point estimate; not shown by the data for {Say.List(tasks.Except(shown).Select(task => task.Title))}";
        var least = tasks.MinBy(task => task.Interval.Lower)!;
        return $"{Say.Count(tasks.Count, "task is", "tasks are")} shown to be within tolerance; the lowest limit is {Say.Points(least.Interval.Lower)} pp ({least.Title})";
    }

    private static string Clause(CapabilityFinding finding)
    {
        if (finding.Pairs == 0)
            return $"{finding.Title}: no scored pair";
        var text = $"{finding.Title}: {(finding.IsGraded ? "mean score" : "accuracy")} {Say.Rate(finding.BaselineRate)} → {Say.Rate(finding.CandidateRate)}, "
            + $"{Say.Change(finding.Delta, finding.Interval)}, p {Say.P(finding.PLossAdjusted, finding.LnPLoss)}, {Say.Count(finding.Pairs, "pair", "pairs")}{(finding.Warnings.Contains(StatisticalWarning.IgnoresPairing) ? " (ignores pairing)" : string.Empty)}, "
            + $"tolerance {Say.Tolerance(finding.Tolerance)}";
        if (finding.LostToRefusal + finding.LostToForm > 0)
            text += $"; of {finding.Lost} lost, {finding.LostToRefusal} refused and {finding.LostToForm} unreadable";
        if (finding.Expected == CapabilityExpectation.Improve && !finding.Improved)
            text += "; should have improved";
        if (!finding.Demonstrated)
            text += "; the data do not show this";
        return finding.Expected == CapabilityExpectation.Maintain ? text + PairsText.Appended(finding, finding.Pairs) : text;
    }

    private static GateResult Result(GateStatus status, DeploymentRecommendation allows, string evidence, IEnumerable<string> subjects) =>
        new() { Id = "capability", Title = "Capability", Status = status, Allows = allows, Evidence = evidence, Subjects = [.. subjects] };
}
