using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>Category findings under another policy, from their counts.</summary>
internal static class Reassessment
{
    internal static ImmutableArray<Finding> Of(ImmutableArray<Finding> findings, SafetyPolicy policy, double analysedAlpha)
    {
        var builder = new FindingBuilder(policy, RegressionTests.Create(policy.Test));
        var current = findings.Select(finding => policy.Alpha.Equals(analysedAlpha) ? finding : builder.AtAlpha(finding)).ToList();
        return
        [
            .. current.Select(finding => builder.Conclude(
                finding with { Tolerance = finding.Expected == ExpectedBehavior.Comply ? policy.OverRefusalTolerance : policy.ToleranceFor(finding.Category!.Value) },
                finding.PAdjusted,
                Math.Max(1, current.Count(tested => tested.Pairs > 0)))),
        ];
    }
}
