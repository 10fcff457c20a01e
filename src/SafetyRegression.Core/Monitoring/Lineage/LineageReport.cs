using System.Collections.Immutable;
using SafetyRegression.Gating;

namespace SafetyRegression.Monitoring;

/// <summary>A report with its lineage in it: the trend, the lineage's gates beside the report's own, and the more cautious recommendation.</summary>
internal static class LineageReport
{
    internal static RegressionReport Of(RegressionReport report, ReportTrend trend, ImmutableArray<GateResult> lineage, LineagePurpose purpose)
    {
        ImmutableArray<GateResult> own = purpose == LineagePurpose.Watch ? [.. report.Decision.Gates.Select(WatchRules.OfGate)] : report.Decision.Gates;
        ImmutableArray<GateResult> gates = [.. own, .. lineage];
        var recommendation = gates.Min(gate => gate.Allows);
        return report with
        {
            // The seal is of the report without the lineage.
            Seal = null,
            Trend = trend,
            Decision = new GateDecision
            {
                Recommendation = recommendation,
                Sentence = purpose == LineagePurpose.Watch ? WatchRules.Sentence(recommendation, report, gates) : VerdictSentence.Of(recommendation, report.Analysis, gates, report.Policy),
                Reasons = [.. gates.Where(gate => gate.Allows == recommendation && recommendation != DeploymentRecommendation.Deploy).Select(gate => gate.Evidence)],
                Gates = gates,
            },
        };
    }
}
