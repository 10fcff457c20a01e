using System.Globalization;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting.Html;

/// <summary>Is it defensible: what the run could have seen, who judged, and whether the data are whole.</summary>
internal static class TrustSection
{
    private const int MostRows = 25;

    internal static void Append(HtmlBuilder page, RegressionReport report) => page.Append($"""
        <section id="trust"><h2>Can I trust this result?</h2>
        <div class="two"><div><h3>What this run could detect</h3><p class="note">Smallest true drop found with 80 % power at α = {report.Policy.Alpha.ToString("0.####", CultureInfo.InvariantCulture)}. Beyond the shaded area, “no significant change” is weak evidence.</p>{Detectable(report)}</div>
        <div>{Judges(report)}{Facts(report)}
        <h3>Data quality</h3>
        <dl class="dq">{Markup.Join(Quality(report).Select(fact => Markup.Of($"<div><dt>{fact.Name}</dt><dd>{HtmlNumbers.Set(fact.Value)} <span>{HtmlNumbers.Set(fact.Note)}</span></dd></div>")))}</dl></div></div></section>

        """);

    private static Markup Detectable(RegressionReport report)
    {
        var rows = report.Analysis.Categories.Where(finding => finding.Pairs > 0 && !report.Policy.ZeroToleranceCategories.Contains(finding.Category!.Value))
            .OrderBy(finding => finding.SmallestDetectableDrop ?? double.MaxValue).ThenBy(finding => finding.Id, StringComparer.Ordinal).Take(MostRows).ToList();
        if (report.Analysis.OverallHarmful.Pairs > 0)
            rows.Insert(0, report.Analysis.OverallHarmful);
        if (rows.Count == 0)
            return new("<p class=\"note\">No scored pair: nothing could be detected.</p>");
        const double Left = 168, Right = 470;
        var most = rows.Select(finding => Math.Max(finding.SmallestDetectableDrop ?? 0, finding.Tolerance)).Max();
        var scale = new Scale(0, Math.Clamp(Math.Ceiling(most * 22) / 20, 0.05, 1), Left, Right);
        var height = 30 + (rows.Count * 25);
        var tolerance = report.Policy.CategoryTolerance;
        var marks = rows.Select((finding, i) => Row(finding, scale, 35 + (i * 25)));
        var axis = scale.Ticks().Select(tick => Markup.Of($"<line class=\"grid\" x1=\"{scale.At(tick)}\" x2=\"{scale.At(tick)}\" y1=\"18\" y2=\"{height}\"/><text class=\"ax\" x=\"{scale.At(tick)}\" y=\"12\" text-anchor=\"middle\">{CategorySection.Percent(tick)}</text>"));
        return Markup.Of($"<svg role=\"img\" viewBox=\"0 0 520 {height + 18}\" width=\"100%\"><title>Smallest drop this run could detect with 80 % power, in percentage points</title><rect class=\"tolzone\" x=\"{Left}\" width=\"{scale.At(tolerance) - Left}\" y=\"18\" height=\"{height - 18}\"/>{Markup.Join(axis)}<line class=\"tol\" x1=\"{scale.At(tolerance)}\" x2=\"{scale.At(tolerance)}\" y1=\"18\" y2=\"{height}\"/>{Markup.Join(marks)}<text class=\"ax\" x=\"{scale.At(tolerance)}\" y=\"{height + 14}\" text-anchor=\"middle\">category tolerance {HtmlNumbers.Tolerance(tolerance)}</text></svg>");
    }

    private static Markup Row(Finding finding, Scale scale, double y)
    {
        var title = Markup.Of($"<text class=\"{(finding.Category is null ? "nl b" : "nl")}\" x=\"160\" y=\"{y + 4}\" text-anchor=\"end\">{HtmlNumbers.Short(finding.Title, 24)}</text>");
        if (finding.SmallestDetectableDrop is not { } drop)
            return Markup.Of($"{title}<text class=\"nv\" x=\"{scale.Left + 8}\" y=\"{y + 4}\">no drop detectable with {finding.Pairs} pairs</text>");
        var look = StatusLook.Of(drop <= finding.Tolerance ? RegressionStatus.WithinTolerance : RegressionStatus.Inconclusive);
        return Markup.Of($"{title}<line class=\"stem {look.Class}\" x1=\"{scale.Left}\" x2=\"{scale.At(drop)}\" y1=\"{y}\" y2=\"{y}\"/>{look.Mark(scale.At(drop), y)}<text class=\"nv\" x=\"{scale.At(drop) + 10}\" y=\"{y + 4}\">{HtmlNumbers.Bare(drop)}</text>");
    }

    private static Markup Judges(RegressionReport report)
    {
        var classifier = report.Analysis.Classifier;
        if (report.Judges.IsEmpty)
        {
            var trust = classifier.Trust switch
            {
                LabelTrust.Human => "The labels came with the answers and are taken for people's; nothing here measures who gave them.",
                LabelTrust.Calibrated => "Its error against human labels is measured.",
                _ => "Its error against human labels was never measured: its verdicts allow monitoring at most.",
            };
            return Markup.Of($"<h3>Who decided</h3><p class=\"note\"><b>{HtmlNumbers.Short(classifier.Name, 80)}</b> {HtmlNumbers.Short(classifier.Version, 40)}. {trust}</p>");
        }

        var labels = report.Judges.Max(judge => judge.HumanLabels);
        var rows = report.Judges.Select(judge => Markup.Of($"<tr><th scope=\"row\">{HtmlNumbers.Short(judge.Name, 60)}<span class=\"sub\">{(judge.Note is null ? string.Empty : HtmlNumbers.Short(judge.Note, 80))}</span></th><td class=\"num\">{Two(judge.Kappa)}</td><td class=\"num\">{Two(judge.Sensitivity)}</td><td class=\"num\">{Two(judge.Specificity)}</td><td class=\"num\">{(judge.Delta is { } delta ? HtmlNumbers.Points(delta) : "–")}</td><td>{(judge.Recommendation is { } verdict ? StatusLook.Of(verdict).Pill() : new Markup("–"))}</td></tr>"));
        return Markup.Of($"<h3>Judges against {(labels > 0 ? HtmlNumbers.Count(labels) + " " : string.Empty)}human labels</h3><div class=\"scroll\"><table class=\"judge\"><caption class=\"vh\">Judge quality</caption><thead><tr><th scope=\"col\">Classifier</th><th scope=\"col\" class=\"num\">κ</th><th scope=\"col\" class=\"num\">Sens.</th><th scope=\"col\" class=\"num\">Spec.</th><th scope=\"col\" class=\"num\">Change, pp</th><th scope=\"col\">Verdict</th></tr></thead><tbody>{Markup.Join(rows)}</tbody></table></div>");
    }

    private static Markup Facts(RegressionReport report)
    {
        var facts = JudgingFacts.Of(report).ToList();
        return facts.Count == 0
            ? new(string.Empty)
            : Markup.Of($"<dl class=\"dq\">{Markup.Join(facts.Select(fact => Markup.Of($"<div><dt>{HtmlNumbers.Short(fact.Name, 120)}</dt><dd>{HtmlNumbers.Short(fact.Value, 200)} <span>{HtmlNumbers.Short(fact.Note, 400)}</span></dd></div>")))}</dl>");
    }

    private static string Two(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static IEnumerable<(string Name, string Value, string Note)> Quality(RegressionReport report)
    {
        var (quality, harmful) = (report.Analysis.DataQuality, report.Analysis.OverallHarmful);
        yield return ("Pairs scored", $"{HtmlNumbers.Count(quality.ScoredPairs)} of {HtmlNumbers.Count(quality.Planned)}", quality.Planned == 0 ? string.Empty : NumberText.Rate((double)quality.ScoredPairs / quality.Planned));
        yield return ("Answers without a verdict", $"{NumberText.Rate(quality.BaselineUnscored)} → {NumberText.Rate(quality.CandidateUnscored)}", "counted, never dropped and never safe");
        foreach (var difference in quality.ArmDifferences)
            yield return ($"{char.ToUpperInvariant(difference.Kind[0])}{difference.Kind[1..]}, baseline → candidate", $"{difference.Baseline} → {difference.Candidate}", $"p {NumberText.P(difference.P)}{(difference.IsSignificant ? ": the arms differ" : string.Empty)}");
        if (harmful.Pairs > 0)
        {
            yield return ("If every unscored answer counted against the candidate", $"{NumberText.Points(harmful.WorstCaseDelta)} pp", $"and {NumberText.Points(harmful.BestCaseDelta)} pp in its favour");
            var filtered = harmful.Baseline.Of(Outcome.ContentFiltered) + harmful.Candidate.Of(Outcome.ContentFiltered);
            if (filtered > 0)
                yield return ("System refusal rate (filtered counts as refused)", $"{System(harmful.Baseline)} → {System(harmful.Candidate)}", $"{HtmlNumbers.Count(filtered)} answers ended by a filter are left out of the model's own rate");
        }

        if (quality.ComparedAnswers > 0)
            yield return ("Byte-identical answers", $"{HtmlNumbers.Count(quality.IdenticalAnswers)} of {HtmlNumbers.Count(quality.ComparedAnswers)}", "among pairs that were answered");
        yield return ("Pairing", quality.Pairing switch { PairingMode.Interleaved => "Interleaved", PairingMode.StoredBaseline => "Stored baseline", _ => "Recorded answers" }, quality.Pairing switch
        {
            PairingMode.Interleaved => "both arms asked close in time",
            PairingMode.StoredBaseline => "the provider may have changed since",
            _ => "when they were asked is not known",
        });
        foreach (var fact in NoiseFloorText.Facts(report))
            yield return fact;
        if (!quality.UnexpectedModels.IsEmpty)
            yield return ("Other models returned than requested", HtmlNumbers.Short(Say.List(quality.UnexpectedModels), 200), string.Empty);
    }

    private static string System(OutcomeCounts counts)
    {
        var filtered = counts.Of(Outcome.ContentFiltered);
        var scored = counts.Scored + filtered;
        return scored == 0 ? "–" : NumberText.Rate((double)(counts.Refused + filtered) / scored);
    }
}
