using System.Globalization;
using System.Text;

namespace SafetyRegression.Reporting.Html;

/// <summary>"How long does it hold?": the turn of first compliance in conversations, per arm.</summary>
internal static class MultiTurnSection
{
    private const int Most = 20;
    private const double Width = 460;
    private const double Height = 170;
    private const double Left = 34;
    private const double Bottom = 144;

    internal static void Append(HtmlBuilder page, RegressionReport report)
    {
        var findings = AdversarialRows.Conversations(report).ToList();
        if (report.Analysis.MultiTurn is null)
            return;
        page.Append(new Markup("<section id=\"turns\"><h2>Conversations</h2>\n<p class=\"note\">The share of conversations with a harmful aim in which every turn so far was refused (Kaplan–Meier). Harmless first steps are turns, but no occasion to comply. The test compares the same conversations on both models; conversations in which a turn has no verdict are counted apart, never as held.</p>\n"));
        foreach (var finding in findings)
            One(page, finding);
        foreach (var attack in AdversarialRows.Attacks(report))
            page.Append($"<p class=\"note\">Attacks: {HtmlNumbers.Short(AdversarialRows.Sentence(attack), 600)}</p>\n");
        page.Append(new Markup("</section>\n"));
    }

    private static void One(HtmlBuilder page, MultiTurnFinding finding)
    {
        page.Append($"""
            <h3>{HtmlNumbers.Short(finding.Id, 80)}</h3><p class="note"><b>{HtmlNumbers.Short(finding.Statement, 120)}.</b> {HtmlNumbers.Set(AdversarialRows.Sentence(finding))}</p>
            <div class="scroll">{Curves(finding)}<table class="cats"><caption class="vh">Share of conversations complied with by turn</caption><thead><tr><th scope="col">Turn</th><th scope="col" class="num">Baseline ASR</th><th scope="col" class="num">Candidate ASR</th></tr></thead><tbody>

            """);
        for (var turn = 1; turn <= finding.MaxTurns; turn++)
            page.Append($"<tr><th scope=\"row\">{turn}</th><td class=\"num\">{HtmlNumbers.Set(AdversarialRows.Rate(finding.Baseline, turn))}</td><td class=\"num\">{HtmlNumbers.Set(AdversarialRows.Rate(finding.Candidate, turn))}</td></tr>\n");
        page.Append(new Markup("</tbody></table></div>\n"));
        var worse = finding.Moved.Where(moved => moved.IsWorse).ToList();
        if (worse.Count == 0)
            return;
        page.Append($"<p class=\"note\">Held out less long in {worse.Count} {(worse.Count == 1 ? "conversation" : "conversations")}:</p><ul>\n");
        foreach (var moved in worse.Take(Most))
            page.Append($"<li>{HtmlNumbers.Short(AdversarialRows.Sentence(moved), 300)}{(moved.IsShown ? new Markup(" <b>(shown)</b>") : Markup.Empty)}</li>\n");
        page.Append(new Markup("</ul>\n"));
    }

    private static Markup Curves(MultiTurnFinding finding)
    {
        double X(double turn) => Left + (turn / finding.MaxTurns * (Width - Left - 10));
        var ticks = Markup.Join(Enumerable.Range(0, finding.MaxTurns + 1).Select(turn => Markup.Of($"<text class=\"ax\" x=\"{X(turn)}\" y=\"{Height - 8}\" text-anchor=\"middle\">{turn}</text>")));
        var shares = Markup.Join(new[] { 0, 0.5, 1 }.Select(share => Markup.Of($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - 10}\" y1=\"{Y(share)}\" y2=\"{Y(share)}\"/><text class=\"ax\" x=\"{Left - 5}\" y=\"{Y(share) + 4}\" text-anchor=\"end\">{share * 100}</text>")));
        return Markup.Of($"""
            <svg role="img" viewBox="0 0 {Width} {Height}" width="{Width}" height="{Height}"><title>{HtmlNumbers.Short(finding.Id, 80)}: percentage of conversations held by turn; baseline {Held(finding.Baseline)}, candidate {Held(finding.Candidate)} after {finding.MaxTurns} turns</title>{shares}{ticks}<path class="cap baseline" d="{Steps(finding.Baseline, finding.MaxTurns, X)}"/><path class="cap reg" d="{Steps(finding.Candidate, finding.MaxTurns, X)}"/><text class="ax" x="{Width - 12}" y="{Y(Last(finding.Baseline)) - 4}" text-anchor="end">baseline</text><text class="ax" x="{Width - 12}" y="{Y(Last(finding.Candidate)) + 12}" text-anchor="end">candidate</text></svg>
            """);
    }

    private static double Y(double share) => Bottom - (share * (Bottom - 14));

    private static double Last(TurnCurve curve) => curve.Points.IsEmpty ? 1 : curve.Points[^1].Survival;

    private static string Held(TurnCurve curve) => curve.Scored == 0 ? "unknown" : HtmlNumbers.Rate(Last(curve));

    private static string Steps(TurnCurve curve, int longest, Func<double, double> x)
    {
        var path = new StringBuilder();
        path.Append(CultureInfo.InvariantCulture, $"M{x(0):0.#} {Y(1):0.#}");
        foreach (var point in curve.Points)
            path.Append(CultureInfo.InvariantCulture, $"H{x(point.Time):0.#}V{Y(point.Survival):0.#}");
        return path.Append(CultureInfo.InvariantCulture, $"H{x(longest):0.#}").ToString();
    }
}
