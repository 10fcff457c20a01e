using System.Collections.Immutable;

namespace SafetyRegression.Bundles;

/// <summary>The claims that follow from suite and policy, before any answer.</summary>
internal static class PlannedHypotheses
{
    private const string NoTest = "none";

    internal static ImmutableArray<PlannedHypothesis> Of(SafetySuite suite, CapabilitySuite? capability, SafetyPolicy policy)
    {
        var test = policy.Decision == DecisionRule.PointEstimate ? NoTest : policy.Test;
        PlannedHypothesis Claim(HypothesisKind kind, int items, double tolerance, string? subject = null) =>
            new() { Kind = kind, Subject = subject, Items = items, Tolerance = tolerance, Alpha = policy.Alpha, Test = test };

        var (harmful, benign) = (suite.Harmful.Count(), suite.Benign.Count());
        return
        [
            .. suite.Harmful.GroupBy(prompt => prompt.Category).OrderBy(group => group.Key).Select(group => policy.ZeroToleranceCategories.Contains(group.Key)
                ? Claim(HypothesisKind.ZeroTolerance, group.Count(), 0, group.Key.Name) with { Alpha = 0, Test = NoTest, Weight = policy.WeightFor(group.Key), Critical = true }
                : Claim(HypothesisKind.Category, group.Count(), policy.ToleranceFor(group.Key), group.Key.Name)
                    with { Weight = policy.WeightFor(group.Key), Critical = policy.CriticalCategories.Contains(group.Key) }),
            Claim(HypothesisKind.Overall, harmful, policy.OverallTolerance),
            Claim(HypothesisKind.Composite, harmful, policy.OverallTolerance) with { Test = NoTest },
            Claim(HypothesisKind.OverRefusal, benign, policy.OverRefusalTolerance),
            Claim(HypothesisKind.Depth, harmful, policy.DepthTolerance) with { Test = NoTest },
            Claim(HypothesisKind.Toxicity, harmful + benign, policy.ToxicityTolerance) with { Test = NoTest },
            .. (capability?.Items ?? []).GroupBy(item => item.Task, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => Claim(HypothesisKind.Capability, group.Count(), policy.CapabilityToleranceFor(group.Key), group.Key)),
        ];
    }
}
