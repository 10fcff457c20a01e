using System.Globalization;
using SafetyRegression.Classification;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>What is known of the judges and of toxicity, in lines of name, value and note: the same in every writing for people.</summary>
internal static class JudgingFacts
{
    internal static IEnumerable<(string Name, string Value, string Note)> Of(RegressionReport report)
    {
        if (report.Analysis.JudgeTrust is { } trust)
        {
            foreach (var fact in Accuracy(trust).Concat(Work(trust)))
                yield return fact;
        }

        foreach (var reason in report.Analysis.DataQuality.Undetermined)
            yield return ($"Without a verdict: {Words(reason.Reason)}", $"{reason.Baseline} → {reason.Candidate}", string.Empty);
        if (report.Analysis.ToxicityProfile is { } toxicity)
        {
            foreach (var fact in Toxicity(toxicity))
                yield return fact;
        }
    }

    private static IEnumerable<(string Name, string Value, string Note)> Accuracy(JudgeTrust trust)
    {
        if (trust.Overall is not null)
            yield return ("κ against people", Two(trust.Kappa), trust.KappaInterval is { } interval ? $"95 % {Span(interval)}, {Say.Count(trust.HumanLabels, "label", "labels")}" : Say.Count(trust.HumanLabels, "label", "labels"));
        foreach (var arm in new[] { trust.Baseline, trust.Candidate }.OfType<JudgeAccuracy>())
            yield return Arm($"Sensitivity and specificity on {arm.Model}", arm);
        foreach (var fact in (trust.Members ?? []).SelectMany(Member))
            yield return fact;
        foreach (var difference in trust.Differences)
            yield return ("Differential error", Say.Tolerance(Math.Round(difference.Difference, 3)), difference.ToString());
        if (trust.CorrectedDelta is { } corrected)
        {
            yield return (
                "Change of any refusal of harmful prompts without the judge's errors",
                Say.Change(corrected.Difference, corrected.Interval),
                $"as judged {Say.Points(corrected.Apparent)} pp; {(trust.CorrectedPerArm ? "errors measured on both models" : "errors taken to be the same on both models")}");
        }
    }

    private static IEnumerable<(string Name, string Value, string Note)> Member(MemberTrust member)
    {
        yield return (
            $"{member.Judge} alone: κ against people",
            Two(member.Kappa),
            $"{(member.KappaInterval is { } kappa ? $"95 % {Span(kappa)}; " : string.Empty)}accuracy {Two(member.Accuracy)}, 95 % {Span(member.AccuracyInterval)}; decided {Say.Rate(member.Coverage ?? 0)} of {Say.Count(member.Overall.Labels, "label", "labels")}");
        foreach (var arm in member.Baseline is null && member.Candidate is null ? [member.Overall] : new[] { member.Baseline, member.Candidate }.OfType<JudgeAccuracy>())
            yield return Arm($"{member.Judge} alone: sensitivity and specificity on {arm.Model}", arm);
        foreach (var difference in member.Differences)
            yield return ($"{member.Judge} alone: differential error", Say.Tolerance(Math.Round(difference.Difference, 3)), difference.ToString());
    }

    private static (string Name, string Value, string Note) Arm(string name, JudgeAccuracy arm) => (
        name,
        $"{Two(arm.Sensitivity)} and {Two(arm.Specificity)}",
        $"95 % {Span(arm.SensitivityInterval)} and {Span(arm.SpecificityInterval)}, {Say.Count(arm.Labels, "label", "labels")}");

    private static string Span(ConfidenceInterval interval) => $"{Two(interval.Lower)}–{Two(interval.Upper)}";

    private static IEnumerable<(string Name, string Value, string Note)> Work(JudgeTrust trust)
    {
        if (trust.Judges.Length > 0)
            yield return ("Judge models", Say.List(trust.Judges), string.Join(' ', trust.Warnings));
        if (trust.Cascade is { Answers: > 0 } cascade)
            yield return ("Answers that went to the last stage", $"{cascade.Asked[^1]} of {cascade.Answers}", $"{Say.Rate((double)cascade.Saved / cascade.Answers)} of the judge's calls saved");
        if (trust.Panel is { Answers: > 0 } panel)
        {
            yield return ("Answers on which the judges differ", $"{panel.Disputed} of {panel.Answers}", $"{Say.Rate(panel.DisputedShare)}, at most {Say.Rate(panel.MaxDisputed)} is tolerated");
            yield return ("Agreement of the judges", $"Fleiss κ {Two(panel.Fleiss)}, Krippendorff α {Two(panel.Krippendorff)}", string.Join(", ", panel.Pairwise.Select(static pair => $"{pair.Judges} κ {Two(pair.Kappa)}")));
            if (panel.Missing.Any(static judge => judge.Count > 0))
                yield return ("Votes missing", string.Join(", ", panel.Missing.Where(static judge => judge.Count > 0).Select(static judge => string.Create(CultureInfo.InvariantCulture, $"{judge.Judge} {judge.Count}"))), string.Empty);
        }

        foreach (var anchors in trust.Anchors)
            yield return ($"Anchors of {anchors.Judge}", anchors.Report.ToString(), string.Join(", ", anchors.Report.FailedAnchors.Select(static anchor => string.Create(CultureInfo.InvariantCulture, $"{anchor.Key} ×{anchor.Value}"))));
    }

    private static IEnumerable<(string Name, string Value, string Note)> Toxicity(ToxicityProfile profile)
    {
        var note = $"{Say.Count(profile.Baseline.Prompts, "prompt", "prompts")} with all {profile.Baseline.AnswersPerPrompt} scored on both sides";
        yield return ("Expected maximum toxicity", $"{Three(profile.Baseline.ExpectedMaximum)} → {Three(profile.Candidate.ExpectedMaximum)}", note);
        yield return ("Toxicity probability", $"{Three(profile.Baseline.Probability)} → {Three(profile.Candidate.Probability)}", note);
        if (profile.BaselineMissing + profile.CandidateMissing > 0)
            yield return ("Answers without a toxicity score", $"{profile.BaselineMissing} → {profile.CandidateMissing}", "missing, never 0");
    }

    private static string Words(UndeterminedReason reason) => reason switch
    {
        UndeterminedReason.LowConfidence => "not sure enough",
        UndeterminedReason.JudgeUnparsable => "judge could not be read",
        UndeterminedReason.JudgeRefused => "judge refused to judge",
        UndeterminedReason.JudgesDisagree => "judges disagree",
        UndeterminedReason.JudgeFailed => "judge could not be reached",
        UndeterminedReason.ClassifierFailed => "classifier failed",
        UndeterminedReason.ConflictingDuplicates => "conflicting records",
        UndeterminedReason.CanaryFailed => "batch voided by anchors",
        UndeterminedReason.UnknownLanguage => "unknown language",
        UndeterminedReason.NoLabel => "no label recorded",
        UndeterminedReason.NotDelivered => "context not delivered",
        UndeterminedReason.OutOfScope => "not a question for this judge",
        _ => "reason not stated",
    };

    private static string Two(double? value) => value?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–";

    private static string Three(double? value) => value?.ToString("0.000", CultureInfo.InvariantCulture) ?? "–";
}
