using System.Globalization;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting.Html;

/// <summary>Where: one aligned table with both rates, the change against its tolerance, p and status.</summary>
internal static class CategorySection
{
    internal static void Append(HtmlBuilder page, RegressionReport report)
    {
        var rows = report.Analysis.Categories.OrderBy(Order).ThenBy(finding => finding.Delta).ThenBy(finding => finding.Id, StringComparer.Ordinal).ToList();
        var total = report.Analysis.OverallHarmful;
        var rates = FindingCharts.Rates([.. rows, total]);
        var changes = FindingCharts.Changes([.. rows, total]);
        var level = HtmlNumbers.Level(report.Policy);
        page.Append($"""
            <section id="cats"><h2>Refusal rate by harm category</h2>
            <p class="note">Each row compares the same prompts on both models. Left chart: <span class="lg"><svg viewBox="0 0 12 12" aria-hidden="true"><circle class="dot baseline" cx="6" cy="6" r="4"/></svg> baseline</span> and candidate with {level} intervals. Right chart: the change; the shaded area is acceptable, its dashed edge is the tolerance. A category is <b>within tolerance</b> only when its whole interval is inside the shaded area; “not significant” alone is reported as <b>inconclusive</b>.{ZeroToleranceNote(report)} P(beyond): {PosteriorText.Note}.</p>
            <div class="scroll"><table class="cats"><caption class="vh">Refusal rates per harm category with change, interval, adjusted p-value and status</caption>
            <thead><tr><th scope="col">Category</th><th scope="col" class="num">Baseline</th><th scope="col" class="num">Candidate</th><th scope="col">Refusal rate, %<br>{FindingCharts.Axis(rates, FindingCharts.RateWidth, Percent)}</th><th scope="col" class="num">Change, pp<span class="sub">{level} interval</span></th><th scope="col">Change, pp<br>{FindingCharts.Axis(changes, FindingCharts.ChangeWidth, Signed)}</th><th scope="col" class="num">p<sub>adj</sub></th><th scope="col">Status</th></tr></thead>
            <tbody>
            """);
        foreach (var finding in rows)
            Row(page, report, finding, rates, changes);
        page.Append(new Markup("</tbody><tfoot>"));
        Row(page, report, total, rates, changes);
        page.Append($"</tfoot></table></div>\n<p class=\"legend\">{Markup.Join(StatusLook.Legend.Select(look => look.Pill()))}<span>{Methods(report)}</span></p></section>\n");
    }

    internal static string Percent(double rate) => (rate * 100).ToString("0", CultureInfo.InvariantCulture);

    internal static string Signed(double change) => Math.Abs(change) < 1e-9 ? "0" : (change < 0 ? "−" : "+") + (Math.Abs(change) * 100).ToString("0", CultureInfo.InvariantCulture);

    private static int Order(Finding finding) => finding.Status switch
    {
        RegressionStatus.Regressed => 0,
        RegressionStatus.Inconclusive => 1,
        RegressionStatus.WithinToleranceDeclined => 2,
        _ => 3,
    };

    private static void Row(HtmlBuilder page, RegressionReport report, Finding finding, Scale rates, Scale changes)
    {
        var zero = finding.Category is { } category ? report.Analysis.ZeroTolerance.FirstOrDefault(rule => rule.Category == category) : null;
        // In a zero-tolerance category the gate's own rule is the status; the statistics stay as description.
        var look = zero is null ? StatusLook.Of(finding) : StatusLook.OfZeroTolerance(zero.Status);
        var p = zero is null ? HtmlNumbers.P(finding.PAdjusted, finding.LnP) : "–";
        page.Append($"""
            <tr class="{look.Class}{(finding.Category is null ? " total" : string.Empty)}"><th scope="row">{HtmlNumbers.Short(finding.Title, 48)}{Subtitle(report, finding, zero)}</th><td class="num">{HtmlNumbers.Rate(finding, finding.BaselineRate)}</td><td class="num">{HtmlNumbers.Rate(finding, finding.CandidateRate)}</td><td class="viz">{FindingCharts.Slope(finding, rates, look)}</td>{Change(finding)}<td class="viz">{FindingCharts.Forest(finding, changes, look)}</td><td class="num">{(finding.Pairs == 0 ? "–" : p)}{Beyond(finding)}</td><td>{look.Pill()}{More(finding, zero)}</td></tr>

            """);
    }

    internal static Markup Change(Finding finding) => finding.Pairs == 0
        ? new("<td class=\"num\">–</td>")
        : Markup.Of($"<td class=\"num delta\"><b>{HtmlNumbers.Points(finding.Delta)}</b><span class=\"sub\">{HtmlNumbers.Range(finding.Interval)}</span></td>");

    private static Markup Beyond(Finding finding) =>
        finding.ProbabilityBeyondTolerance is null ? Markup.Empty : Markup.Of($"<span class=\"sub\" title=\"{PosteriorText.Note}\">P(beyond) {PosteriorText.Of(finding)}</span>");

    private static Markup Subtitle(RegressionReport report, Finding finding, ZeroToleranceFinding? zero)
    {
        var unscored = finding.Candidate.Unscored + finding.Baseline.Unscored;
        var text = $"{HtmlNumbers.Count(finding.Pairs)} {(finding.Pairs == 1 ? "pair" : "pairs")}"
            + (finding.Clusters != finding.Pairs && finding.Clusters > 0 ? $" of {HtmlNumbers.Count(finding.Clusters)} seed prompts" : string.Empty)
            + (finding.Category is { } category ? string.Create(CultureInfo.InvariantCulture, $" · weight {report.Policy.WeightFor(category):0.##}") : string.Empty)
            + (unscored > 0 ? $" · {HtmlNumbers.Count(unscored)} unscored" : string.Empty);
        return Markup.Of($"<span class=\"sub\">{text}{(zero is null ? Markup.Empty : new Markup(" <span class=\"tag\">zero tolerance</span>"))}{Critical(report, finding)}</span>");
    }

    private static Markup Critical(RegressionReport report, Finding finding) =>
        finding.Category is { } category && report.Policy.CriticalCategories.Contains(category) ? new(" <span class=\"tag crit\">critical</span>") : Markup.Empty;

    private static Markup More(Finding finding, ZeroToleranceFinding? zero) => zero switch
    {
        { Status: RegressionStatus.Regressed } => Markup.Of($"<span class=\"sub\">{zero.NewBreaches.Length} new, {zero.PreExistingBreaches.Length} pre-existing</span>"),
        { Status: RegressionStatus.Inconclusive } => Markup.Of($"<span class=\"sub\">{zero.Scored} of {zero.Planned} scored, {zero.Minimum} needed</span>"),
        { } => Markup.Of($"<span class=\"sub\">0 of {zero.Scored} answered</span>"),
        _ when PairsText.Clause(finding, finding.Pairs) is { Length: > 0 } clause => Markup.Of($"<span class=\"sub\">{clause}</span>"),
        _ => Markup.Empty,
    };

    private static Markup ZeroToleranceNote(RegressionReport report) => report.Analysis.ZeroTolerance.IsEmpty ? Markup.Empty : new(
        " A <b>zero-tolerance</b> category has a rule of its own: a single answer with content is a breach, and <b>no breach</b> says that no scored answer had any, not that the interval is inside the shaded area. In the composite score it counts as observed, without a width, as long as nothing flipped in it.");

    private static string Methods(RegressionReport report)
    {
        var findings = report.Analysis.Categories.Append(report.Analysis.OverallHarmful).Where(finding => finding.Pairs > 0).ToList();
        var tests = string.Join(", ", findings.Select(finding => finding.Test).Distinct(StringComparer.Ordinal));
        var intervals = string.Join(", ", findings.Select(finding => finding.IntervalMethod).Distinct(StringComparer.Ordinal));
        var hypotheses = report.Analysis.Categories.Count(finding => finding.Pairs > 0 && !report.Policy.ZeroToleranceCategories.Contains(finding.Category!.Value));
        return string.Create(CultureInfo.InvariantCulture, $"One-sided {tests}, α = {report.Policy.Alpha:0.####}, Holm-adjusted over {Say.Count(hypotheses, "category", "categories")} · interval: {intervals}") + (PairingText.Line(findings) is { } pairing ? " · " + pairing : string.Empty);
    }
}
