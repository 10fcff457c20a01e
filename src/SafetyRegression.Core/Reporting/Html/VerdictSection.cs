using System.Globalization;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting.Html;

/// <summary>What now, in ten seconds: the recommendation, why, what to do, and every gate.</summary>
internal static class VerdictSection
{
    private const int NamedCategories = 3;

    internal static string ClassOf(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => "v-deploy",
        DeploymentRecommendation.DeployWithMonitoring => "v-monitor",
        _ => "v-block",
    };

    internal static void Append(HtmlBuilder page, RegressionReport report, EvidenceOptions evidence)
    {
        var time = report.AsOf is { } asOf ? asOf.ToUniversalTime().ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC" : "time not recorded";
        page.Append($"""
            <header class="top">
              <div class="brand"><svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 1.8l8.6 3.1v6.3c0 5.2-3.5 9.2-8.6 11-5.1-1.8-8.6-5.8-8.6-11V4.9z" class="sh"/><path d="M7 13.4l3 -3 2.6 2.4L17 8" class="shl"/></svg>Safety regression report</div>
              <div class="meta"><span class="chip">{(evidence.Redaction == RedactionLevel.Full ? "harmful text redacted" : "shows harmful text: do not forward")}</span><span>run <span class="mono">{report.RunId}</span></span><span>{time}</span></div>
            </header>
            <section class="verdict" aria-labelledby="v">
              <div class="vmain">
                <div class="vlabel">{Sign(report.Decision.Recommendation)}<div><div class="vsmall">Recommendation</div><h1 id="v">{Heading(report.Decision.Recommendation)}</h1></div></div>
                <p class="lead">{Lead(report)}</p>
                <p class="lead2">{HtmlNumbers.Set(Where(report))}</p>
                <div class="next"><h2>Next steps</h2><ol>{Markup.Join(NextSteps.Of(report).Select(step => Markup.Of($"<li>{HtmlNumbers.Set(step)}</li>")))}</ol></div>
              </div>
              <div class="gates"><h2>Gates</h2><ul>{Markup.Join(report.Decision.Gates.Select(gate => Gate(report, gate)))}</ul></div>
            </section>
            <nav class="toc" aria-label="Contents"><a href="#cats">Categories</a><a href="#trans">What changed</a><a href="#hard">Difficulty</a><a href="#ben">Over-refusal</a><a href="#flag">Flagged prompts</a><a href="#trust">Can I trust this?</a>{Optional(report)}<a href="#prov">Provenance</a></nav>

            """);
    }

    private static Markup Optional(RegressionReport report) => Markup.Join(
    [
        report.Analysis.Interactions.IsEmpty ? Markup.Empty : new("<a href=\"#inter\">Variants</a>"),
        report.Analysis.MultiTurn is null ? Markup.Empty : new("<a href=\"#turns\">Conversations</a>"),
        BestOfNRows.Findings(report).Count == 0 ? Markup.Empty : new("<a href=\"#bestof\">Best of n</a>"),
        report.Analysis.Capability is null ? Markup.Empty : new("<a href=\"#capability\">Capability</a>"),
        report.Trend is null ? Markup.Empty : new("<a href=\"#trend\">Trend</a>"),
    ]);

    private static string Heading(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => "Deploy",
        DeploymentRecommendation.DeployWithMonitoring => "Deploy with monitoring",
        _ => "Block deployment",
    };

    private static Markup Sign(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => new("<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\"><circle cx=\"24\" cy=\"24\" r=\"21\"/><path class=\"x\" d=\"M14 25l7 7 13-15\"/></svg>"),
        DeploymentRecommendation.DeployWithMonitoring => new("<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\"><path d=\"M24 4l21 38H3z\"/><path class=\"x\" d=\"M24 17v12M24 35v.5\"/></svg>"),
        _ => new("<svg viewBox=\"0 0 48 48\" aria-hidden=\"true\"><path d=\"M15 3h18l12 12v18L33 45H15L3 33V15z\"/><path class=\"x\" d=\"M16 16l16 16M32 16L16 32\"/></svg>"),
    };

    private static Markup Lead(RegressionReport report)
    {
        var finding = report.Analysis.OverallHarmful;
        if (finding.Pairs == 0)
            return Markup.Of($"<b>{HtmlNumbers.Short(report.Candidate.Label, 120)}</b>: no harmful prompt has a verdict on both sides, so nothing is known about its safety.");
        var verb = (finding.Status, finding.Improved) switch
        {
            (RegressionStatus.Regressed or RegressionStatus.WithinToleranceDeclined, _) => "refuses fewer harmful requests than",
            (_, true) => "refuses more harmful requests than",
            (RegressionStatus.WithinTolerance, _) => "refuses about as many harmful requests as",
            _ => "may or may not refuse as many harmful requests as",
        };
        return Markup.Of($"<b>{HtmlNumbers.Short(report.Candidate.Label, 120)}</b> {verb} its baseline <b>{HtmlNumbers.Short(report.Baseline.Label, 120)}</b>: <b>{HtmlNumbers.Rate(finding.BaselineRate)} → {HtmlNumbers.Rate(finding.CandidateRate)}</b>, a change of <b class=\"bad\">{HtmlNumbers.Points(finding.Delta)} pp</b> ({HtmlNumbers.Level(report.Policy)} interval {HtmlNumbers.Range(finding.Interval, " to ")}; {HtmlNumbers.Count(finding.Pairs)} pairs, p = {HtmlNumbers.P(finding.PAdjusted, finding.LnP)}).");
    }

    /// <summary>Where the loss is, what is open, and over-refusal: three short sentences at most.</summary>
    private static string Where(RegressionReport report)
    {
        var findings = report.Analysis.Categories.Where(finding => !report.Policy.ZeroToleranceCategories.Contains(finding.Category!.Value)).ToList();
        var sentences = new List<string>();
        var breached = report.Analysis.ZeroTolerance.Where(finding => finding.Status == RegressionStatus.Regressed).ToList();
        if (breached.Count > 0)
            sentences.Add($"Zero tolerance is breached in {Say.List(breached.Select(finding => finding.Category.Title), NamedCategories)}.");
        var regressed = findings.Where(finding => finding.Status == RegressionStatus.Regressed).OrderBy(finding => finding.Delta).ToList();
        if (regressed.Count > 0)
            sentences.Add($"The loss is shown in {Say.List(regressed.Select(finding => $"{finding.Title} ({NumberText.Points(finding.Delta)} pp)"), NamedCategories)}.");
        var open = findings.Where(finding => finding.Status == RegressionStatus.Inconclusive).ToList();
        if (open.Count > 0)
            sentences.Add($"Too few pairs to rule a regression in or out: {Say.List(open.Select(finding => finding.Title), NamedCategories)}.");
        else if (regressed.Count == 0 && findings.Count > 0)
            sentences.Add($"No category of {findings.Count} lost more than its tolerance.");
        sentences.Add(report.Analysis.OverallBenign switch
        {
            { Pairs: 0 } => "Over-refusal of benign prompts was not measured.",
            { Status: RegressionStatus.Regressed } finding => $"Over-refusal of benign prompts rose by {NumberText.Points(finding.Delta)} pp.",
            { Status: RegressionStatus.Inconclusive } => "Whether over-refusal of benign prompts rose is open.",
            _ => "Over-refusal of benign prompts did not rise beyond its tolerance.",
        });
        var unmeasured = report.Decision.Gates.Where(gate => gate.Status == GateStatus.NotConfigured).Select(gate => gate.Title.ToLowerInvariant()).ToList();
        if (unmeasured.Count > 0)
            sentences.Add($"Not measured: {string.Join(", ", unmeasured)}.");
        if (report.Policy.Decision == DecisionRule.PointEstimate)
            sentences.Add("Decided on point estimates, without statistics: underpowered.");
        return string.Join(' ', sentences);
    }

    private static Markup Gate(RegressionReport report, GateResult gate)
    {
        var (css, sign, word) = gate.Status switch
        {
            GateStatus.Passed when gate.Allows == DeploymentRecommendation.Deploy => ("p", "✓", "passed"),
            GateStatus.Passed => ("w", "✓", "passed with monitoring"),
            GateStatus.Failed => ("f", "✕", "failed"),
            GateStatus.NotConfigured => ("n", "–", "not measured"),
            _ => (gate.Allows == DeploymentRecommendation.Block ? "f" : "w", "!", "inconclusive"),
        };
        return Markup.Of($"<li class=\"{css}\"><span class=\"g\" aria-hidden=\"true\">{sign}</span><div><b>{gate.Title} <span class=\"vh\">{word}</span></b><span>{HtmlNumbers.Set(HtmlNumbers.Short(Evidence(report, gate), 400))}</span>{(gate.Waiver is null ? Markup.Empty : Markup.Of($"<span class=\"waiver\">{HtmlNumbers.Short(gate.Waiver, 400)}</span>"))}</div></li>");
    }

    /// <summary>The evidence; of the categories only their names, because the table below has the numbers.</summary>
    private static string Evidence(RegressionReport report, GateResult gate)
    {
        var groups = report.Analysis.Categories
            .Where(finding => gate.Id == "category-tolerance" && gate.Subjects.Contains(finding.Id, StringComparer.Ordinal))
            .GroupBy(finding => finding.Status)
            .OrderByDescending(group => group.Key == RegressionStatus.Regressed)
            .Select(group => $"{group.Count()} of {report.Analysis.Categories.Length} {StatusGate.Words(group.Key)}: {Say.List(group.Select(finding => finding.Title), NamedCategories)}")
            .ToList();
        return groups.Count == 0 ? gate.Evidence : string.Join("; ", groups) + ".";
    }
}
