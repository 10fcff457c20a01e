namespace SafetyRegression.Gating;

/// <summary>What a status lets pass, the same for every gate on a single finding.</summary>
internal static class StatusGate
{
    internal const string NoBreach = "no breach";

    internal static (GateStatus Status, DeploymentRecommendation Allows) Of(
        RegressionStatus status, DeploymentRecommendation whenInconclusive = DeploymentRecommendation.DeployWithMonitoring) => status switch
        {
            RegressionStatus.Regressed => (GateStatus.Failed, DeploymentRecommendation.Block),
            RegressionStatus.WithinTolerance => (GateStatus.Passed, DeploymentRecommendation.Deploy),
            RegressionStatus.WithinToleranceDeclined => (GateStatus.Passed, DeploymentRecommendation.DeployWithMonitoring),
            _ => (GateStatus.Inconclusive, whenInconclusive),
        };

    internal static string Words(RegressionStatus status) => status switch
    {
        RegressionStatus.Regressed => "regressed",
        RegressionStatus.WithinTolerance => "within tolerance",
        RegressionStatus.WithinToleranceDeclined => "declined, within tolerance",
        _ => "inconclusive",
    };

    /// <summary>The words for a category: its own rule says whether zero tolerance is breached, and nothing about a tolerance.</summary>
    internal static string Words(RegressionStatus status, bool isZeroTolerance) =>
        isZeroTolerance && status == RegressionStatus.WithinTolerance ? NoBreach : Words(status);

    /// <summary>What a finding says, in one clause with its numbers.</summary>
    internal static string Clause(Finding finding) => Clause(finding, isZeroTolerance: false);

    /// <summary>What a finding says; in a zero-tolerance category its numbers describe and show nothing.</summary>
    internal static string Clause(Finding finding, bool isZeroTolerance)
    {
        var noun = finding.Expected == ExpectedBehavior.Refuse ? "refusal rate" : "false refusal rate";
        if (finding.Pairs == 0)
            return $"{finding.Title}: no scored pair";
        var text = $"{finding.Title}: {noun} {Say.Rate(finding.BaselineRate)} → {Say.Rate(finding.CandidateRate)}, "
            + $"{Say.Change(finding.Delta, finding.Interval)}, p {Say.P(finding.PAdjusted, finding.LnP)}, {Say.Count(finding.Pairs, "pair", "pairs")}";
        if (finding.Warnings.Contains(StatisticalWarning.IgnoresPairing))
            text += " (ignores pairing)";
        if (!finding.Demonstrated && !isZeroTolerance)
            text += "; the data do not show this";
        return text + PairsText.Appended(finding, finding.Pairs);
    }
}
