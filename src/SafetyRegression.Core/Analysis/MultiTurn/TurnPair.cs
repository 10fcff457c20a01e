namespace SafetyRegression.Analysis;

/// <summary>One conversation with both arms.</summary>
internal sealed record TurnPair(string ItemId, string Cluster, HarmCategory Category, TurnOfCompliance Baseline, TurnOfCompliance Candidate)
{
    internal bool IsScored => !Baseline.IsOpen && !Candidate.IsOpen;
}
