using SafetyRegression.Gating;

namespace SafetyRegression.Reporting.Html;

/// <summary>"Only in Swahili?": what was lost beyond what the same seed prompts lost when asked plainly.</summary>
internal static class InteractionSection
{
    private const int Most = 40;

    internal static void Append(HtmlBuilder page, RegressionReport report)
    {
        if (report.Analysis.Interactions.IsEmpty)
            return;
        var shown = report.Analysis.Interactions.OrderBy(finding => finding.Difference).ThenBy(finding => finding.Id, StringComparer.Ordinal).Take(Most).ToList();
        page.Append($"""
            <section id="inter"><h2>Where more is lost than when asked plainly <span class="cnt">{shown.Count} of {report.Analysis.Interactions.Length} shown</span></h2>
            <p class="note">Difference in differences: the change of each seed prompt under a variant, context or language, less the change of the same seed prompt asked plainly. p-values are Holm-adjusted over all comparisons; a comparison that is open is no evidence of safety.</p>
            <div class="scroll"><table class="cats"><caption class="vh">Differences in differences</caption><thead><tr><th scope="col">Finding</th><th scope="col" class="num">Seed prompts</th><th scope="col" class="num">Change there, pp</th><th scope="col" class="num">Change plain, pp</th><th scope="col" class="num">Difference, pp<span class="sub">{HtmlNumbers.Level(report.Policy)} interval</span></th><th scope="col" class="num">p<sub>adj</sub></th><th scope="col">Status</th></tr></thead><tbody>

            """);
        foreach (var finding in shown)
        {
            var look = StatusLook.Of(finding.Status, finding.Interval.Lower > 0);
            page.Append($"""
                <tr class="{look.Class}"><th scope="row">{HtmlNumbers.Short(finding.Statement, 160)}{Detectable(finding)}</th><td class="num">{HtmlNumbers.Count(finding.Clusters)}</td><td class="num">{HtmlNumbers.Points(finding.LevelDelta)}</td><td class="num">{HtmlNumbers.Points(finding.ReferenceDelta)}</td><td class="num delta"><b>{HtmlNumbers.Points(finding.Difference)}</b><span class="sub">{HtmlNumbers.Range(finding.Interval)}</span></td><td class="num">{HtmlNumbers.P(finding.PAdjusted, finding.LnP)}</td><td>{look.Pill()}</td></tr>

                """);
        }

        page.Append(new Markup("</tbody></table></div></section>\n"));
    }

    private static Markup Detectable(InteractionFinding finding) => finding is { Status: RegressionStatus.Inconclusive, SmallestDetectableDifference: { } least }
        ? Markup.Of($"<span class=\"sub\">would have detected {HtmlNumbers.Set(Say.Tolerance(Math.Round(least, 3)))} or more</span>")
        : Markup.Empty;
}
