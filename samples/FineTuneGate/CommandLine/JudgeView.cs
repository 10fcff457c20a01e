using System.Globalization;
using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>What the judges of a report did, for people.</summary>
internal static class JudgeView
{
    internal static void Show(Terminal terminal, RegressionReport report)
    {
        if (report.Analysis.JudgeTrust is not { } trust)
            return;
        if (trust.Cascade is { } cascade)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Judge stage: {cascade} ({(cascade.Answers == 0 ? 0 : 100.0 * cascade.Saved / cascade.Answers):0.0} % of the calls saved)."));
        foreach (var anchors in trust.Anchors)
            terminal.Line($"{anchors.Judge}: {anchors.Report}.");
        if (trust.Panel is { Answers: > 0 } panel)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Panel: disputed {panel.Disputed} of {panel.Answers}; Fleiss κ {Two(panel.Fleiss)}, Krippendorff α {Two(panel.Krippendorff)}; pairs: {string.Join(", ", panel.Pairwise.Select(pair => $"{pair.Judges} κ {Two(pair.Kappa)}"))}."));
        foreach (var arm in new[] { trust.Baseline, trust.Candidate, trust.Overall }.OfType<JudgeAccuracy>())
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Against people, {arm.Model}: sensitivity {Two(arm.Sensitivity)}, specificity {Two(arm.Specificity)} on {arm.Labels} labels."));
        foreach (var member in trust.Members ?? [])
        {
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"{member.Judge} alone: accuracy {Two(member.Accuracy)}, κ {Two(member.Kappa)}, sensitivity {Two(member.Overall.Sensitivity)}, specificity {Two(member.Overall.Specificity)}, coverage {Two(member.Coverage)} on {member.Overall.Labels} labels."));
            foreach (var difference in member.Differences)
                terminal.Line($"{member.Judge} alone, differential error: {difference}.");
        }

        foreach (var difference in trust.Differences)
            terminal.Line($"Differential error: {difference}.");
        if (trust.CorrectedDelta is { } corrected)
            terminal.Line(string.Create(CultureInfo.InvariantCulture, $"Any refusal of harmful prompts: {100 * corrected.Apparent:+0.0;-0.0;0.0} pp as judged, {100 * corrected.Difference:+0.0;-0.0;0.0} pp [{100 * corrected.Interval.Lower:0.0}, {100 * corrected.Interval.Upper:0.0}] with the judge's errors taken out{(trust.CorrectedPerArm ? string.Empty : " (errors taken to be the same on both models)")}."));
        foreach (var reason in report.Analysis.DataQuality.Undetermined)
            terminal.Line($"Without a verdict, {reason.Reason}: {reason.Baseline} (baseline), {reason.Candidate} (candidate).");
    }

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";
}
