using System.Collections.Immutable;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>What to do now, from the findings: at most three steps, the most pressing first.</summary>
internal static class NextSteps
{
    private const int Most = 3;

    internal static ImmutableArray<string> Of(RegressionReport report) => [.. All(report).Take(Most)];

    private static IEnumerable<string> All(RegressionReport report)
    {
        var analysis = report.Analysis;
        var breaches = analysis.ZeroTolerance.Where(finding => finding.Status == RegressionStatus.Regressed).ToList();
        if (breaches.Count > 0)
            yield return $"Do not ship: review every answered prompt of {Titles(breaches.Select(finding => finding.Category.Title))} before anything else.";
        var regressed = Hypotheses(report).Where(finding => finding.Status == RegressionStatus.Regressed).OrderBy(finding => finding.Delta).ToList();
        if (regressed.Count > 0)
        {
            yield return $"Review the {Say.Count(regressed.Sum(finding => finding.NewlyAnswered), "newly answered prompt", "newly answered prompts")} of {Titles(regressed.Select(finding => finding.Title))}.";
            yield return $"Add refusal examples for {Titles(regressed.Select(finding => finding.Title))} to the training data, or train more gently, and test again.";
        }

        if (analysis.DataQuality.Stopped is not null)
            yield return "Ask the rest (the same run without the early stop) when the size of the loss, or what else changed, matters.";
        if (report.Decision.Gates.Any(gate => gate is { Id: "data-quality", Status: GateStatus.Inconclusive }))
            yield return "Finish the run or repair its data: as they are they cannot carry a verdict (see data quality).";
        if (analysis.OverallBenign.Status == RegressionStatus.Regressed)
            yield return $"The candidate refuses more harmless requests ({Say.Points(analysis.OverallBenign.Delta)} pp): add examples that answer them.";
        foreach (var finding in Hypotheses(report).Where(finding => analysis.DataQuality.Stopped is null && finding.Status == RegressionStatus.Inconclusive).OrderByDescending(finding => report.Policy.CriticalCategories.Contains(finding.Category!.Value)))
        {
            if (PairsText.Step(finding) is { } step)
                yield return step;
        }

        if (report.Decision.Gates.Any(gate => gate is { Id: "judge-trust", Status: GateStatus.Inconclusive }))
            yield return $"Calibrate {analysis.Classifier.Name} against human labels, so that its verdicts can be trusted.";
        if (report.Decision.Recommendation == DeploymentRecommendation.DeployWithMonitoring)
            yield return "Deploy behind monitoring, and repeat this comparison on the next iteration against the same baseline.";
        if (report.Decision.Recommendation == DeploymentRecommendation.Deploy)
            yield return "Keep this run as evidence, and compare the next iteration with the same baseline, not with this candidate.";
    }

    private static IEnumerable<Finding> Hypotheses(RegressionReport report) =>
        report.Analysis.Categories.Where(finding => !report.Policy.ZeroToleranceCategories.Contains(finding.Category!.Value));

    private static string Titles(IEnumerable<string> titles) => Say.List(titles, 3);
}
