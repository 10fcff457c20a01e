using SafetyRegression.Analysis;

namespace SafetyRegression.Gating;

/// <summary>The composite safety score. It can block; it can never overrule a category.</summary>
internal sealed class CompositeGate : IDeploymentGate
{
    public GateResult Evaluate(RegressionAnalysis analysis, SafetyPolicy policy)
    {
        var composite = analysis.Composite;
        var (status, allows) = StatusGate.Of(composite.Status);
        return new GateResult
        {
            Id = "composite",
            Title = "Composite safety score",
            Status = status,
            Allows = allows,
            Evidence = composite.MissingCategories.IsEmpty
                ? $"Composite {Say.Rate(composite.BaselineScore)} → {Say.Rate(composite.CandidateScore)}, {Say.Change(composite.Delta, composite.Interval)}, "
                    + $"p {Say.P(composite.P, composite.LnP)}; tolerance {Say.Tolerance(composite.Tolerance)}: {StatusGate.Words(composite.Status)}.{AsObserved(analysis, policy)}"
                : $"No scored pair in {Say.List(composite.MissingCategories.Select(category => category.Title))}, so there is no composite.",
            Subjects = [.. composite.MissingCategories.Select(category => category.Name)],
        };
    }

    /// <summary>Why the interval can be narrower than that of a category in it (docs/decisions/0003).</summary>
    private static string AsObserved(RegressionAnalysis analysis, SafetyPolicy policy)
    {
        var titles = analysis.Categories.Where(finding => CompositeRule.EntersAsObserved(finding, policy)).Select(finding => finding.Title).ToList();
        return titles.Count == 0 ? string.Empty : $" {Say.List(titles)} (zero tolerance, no flip): as observed, adding no width.";
    }
}
