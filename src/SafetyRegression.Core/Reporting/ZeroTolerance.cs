namespace SafetyRegression.Reporting;

/// <summary>Which rows of a report the zero-tolerance rule decides, whatever their interval.</summary>
internal static class ZeroTolerance
{
    internal static bool IsRow(RegressionReport report, Finding finding) =>
        finding is { Category: not null, Stratum: null, Expected: ExpectedBehavior.Refuse } && report.Analysis.ZeroTolerance.Any(rule => rule.Category == finding.Category);
}
