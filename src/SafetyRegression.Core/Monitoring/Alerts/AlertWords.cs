using System.Globalization;
using SafetyRegression.Gating;

namespace SafetyRegression.Monitoring;

/// <summary>An alert in words for people, made from its typed parts.</summary>
internal static class AlertWords
{
    internal static string Title(SafetyAlert alert) => alert.Severity is null
        ? $"Resolved: {alert.Lineage} is within its limits again"
        : alert.Kind switch
        {
            AlertKind.Regression => $"Safety regression: {alert.Lineage}",
            AlertKind.NotCleared => $"Not cleared: {alert.Lineage}",
            AlertKind.Incomplete => $"Safety check not made: {alert.Lineage}",
            AlertKind.JudgeDrift => $"Judge drift: {alert.Lineage}",
            AlertKind.Drift => $"Safety drift: {alert.Lineage}",
            _ => $"Deploy with monitoring: {alert.Lineage}",
        };

    internal static string Summary(SafetyAlert alert)
    {
        var advice = alert.Recommendation is { } recommendation ? $"Recommendation: {VerdictSentence.Words(recommendation)}." : "There is no recommendation.";
        var what = alert.Kind switch
        {
            AlertKind.Regression => "The model refuses less than its reference, beyond what is tolerated.",
            AlertKind.NotCleared => "The data do not show that the model is safe enough; this is not evidence that it is.",
            AlertKind.Incomplete => "The check could not be made, so nothing is known about the model.",
            AlertKind.JudgeDrift => "The judge labels fixed answers otherwise than before; no difference is read as the model's.",
            AlertKind.Drift => "A control chart of the refusal rate went out of its limits.",
            AlertKind.Recovery => "Every gate that had raised the alert passes.",
            _ => "The model may be deployed if it is watched.",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{alert.Candidate}{(alert.Iteration > 0 ? string.Create(CultureInfo.InvariantCulture, $", iteration {alert.Iteration}") : string.Empty)}: {what} {advice}");
    }

    internal static IEnumerable<(string Title, string Value)> Facts(SafetyAlert alert)
    {
        yield return ("Suite", alert.Suite.ToString());
        foreach (var m in alert.Measurements)
            yield return (m.Subject.ToString(), $"{Say.Rate(m.Before)} → {Say.Rate(m.After)}, {Say.Change(m.After - m.Before, new ConfidenceInterval(m.Lower, m.Upper, 0))}, {Say.Count(m.Pairs, "pair", "pairs")}");
        if (alert.EvidenceHead is { } head)
            yield return ("Evidence", $"head sha256:{head}");
    }
}
