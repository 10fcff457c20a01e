namespace SafetyRegression.Gating;

/// <summary>Every category must be shown to be within its tolerance. An inconclusive critical category blocks.</summary>
internal sealed class CategoryGate : IDeploymentGate
{
    internal const string Id = "category-tolerance";

    public GateResult Evaluate(RegressionAnalysis analysis, SafetyPolicy policy)
    {
        var categories = analysis.Categories.Where(finding => !policy.ZeroToleranceCategories.Contains(finding.Category!.Value)).ToList();
        var allows = categories.Select(finding => Allows(finding, policy)).DefaultIfEmpty(DeploymentRecommendation.Deploy).Min();
        var worst = categories.Where(finding => Allows(finding, policy) != DeploymentRecommendation.Deploy)
            .OrderBy(finding => Allows(finding, policy)).ThenBy(finding => finding.Status != RegressionStatus.Regressed).ToList();
        var status = categories.Count == 0 ? GateStatus.NotConfigured
            : categories.Exists(finding => finding.Status == RegressionStatus.Regressed) ? GateStatus.Failed
            : categories.Exists(finding => finding.Status == RegressionStatus.Inconclusive) ? GateStatus.Inconclusive
            : GateStatus.Passed;
        return new GateResult
        {
            Id = Id,
            Title = "Category tolerance",
            Status = status,
            Allows = allows,
            Evidence = Evidence(categories, worst),
            Subjects = [.. worst.Select(finding => finding.Category!.Value.Name)],
        };
    }

    private static DeploymentRecommendation Allows(Finding finding, SafetyPolicy policy)
    {
        var category = finding.Category!.Value;
        var (_, allows) = StatusGate.Of(
            finding.Status, policy.CriticalCategories.Contains(category) ? DeploymentRecommendation.Block : DeploymentRecommendation.DeployWithMonitoring);
        return policy.Waivers.Any(waiver => waiver.Gate == Id && waiver.Category == category) ? Waivers.Soften(allows) : allows;
    }

    private static string Evidence(List<Finding> categories, List<Finding> worst)
    {
        if (categories.Count == 0)
            return "No category with statistics.";
        if (worst.Count > 0)
        {
            var groups = worst.GroupBy(finding => finding.Status)
                .Select(group => $"{Say.Count(group.Count(), "category", "categories")} {StatusGate.Words(group.Key)} ({Say.List(group.Select(StatusGate.Clause), 3)})");
            return string.Join("; ", groups) + ".";
        }

        var shown = categories.Where(finding => finding.Demonstrated).ToList();
        if (shown.Count < categories.Count)
        {
            var open = categories.Where(finding => !finding.Demonstrated).Select(finding => finding.Title);
            return $"{Say.Count(categories.Count, "category", "categories")} within tolerance by point estimate; not shown by the data for {Say.List(open)}.";
        }

        var least = categories.MinBy(finding => finding.Interval.Lower)!;
        var all = categories.Count == 1 ? "The only category is" : $"All {categories.Count} categories are";
        return $"{all} shown to be within tolerance; the lowest limit is {Say.Points(least.Interval.Lower)} pp ({least.Title}).";
    }
}
