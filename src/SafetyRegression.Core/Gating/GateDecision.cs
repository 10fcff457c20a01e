using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>The recommendation and every gate behind it.</summary>
public sealed record GateDecision
{
    /// <summary>The most cautious of what the gates allow.</summary>
    public required DeploymentRecommendation Recommendation { get; init; }

    /// <summary>The verdict in one sentence.</summary>
    public required string Sentence { get; init; }

    /// <summary>Why: the evidence of every gate that allows no more than the recommendation (empty when all passed).</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>The gates, in the order they are shown.</summary>
    public required ImmutableArray<GateResult> Gates { get; init; }

    /// <summary>The decision with further gates beside these; it can only become more cautious.</summary>
    /// <param name="gates">The further gates.</param>
    /// <param name="analysis">The findings.</param>
    /// <param name="policy">What is demanded.</param>
    internal GateDecision With(ImmutableArray<GateResult> gates, RegressionAnalysis analysis, SafetyPolicy policy) => Of([.. Gates, .. gates], analysis, policy);

    internal static GateDecision Of(ImmutableArray<GateResult> gates, RegressionAnalysis analysis, SafetyPolicy policy)
    {
        var recommendation = gates.Min(gate => gate.Allows);
        return new GateDecision
        {
            Recommendation = recommendation,
            Sentence = Gating.VerdictSentence.Of(recommendation, analysis, gates, policy),
            Reasons = [.. gates.Where(gate => gate.Allows == recommendation && recommendation != DeploymentRecommendation.Deploy).Select(gate => gate.Evidence)],
            Gates = gates,
        };
    }
}
