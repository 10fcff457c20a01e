using System.Globalization;
using System.Text;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>Writes a Markdown summary fit for a pull-request comment: starts with a hidden marker so that a comment is updated, not repeated.</summary>
public sealed class MarkdownReportWriter : IReportWriter
{
    private const int Limit = 60_000;
    private const int ShownFlips = 10;
    private const string Invisible = "\u200B";

    /// <inheritdoc/>
    public string Format => "md";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RegressionReport report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(Render(report)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renders the summary.</summary>
    /// <param name="report">The report.</param>
    public static string Render(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var analysis = report.Analysis;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"<!-- safety-regression:{Marker(report.Suite.Name)} -->\n");
        text.Append(CultureInfo.InvariantCulture, $"## {Icon(report.Decision.Recommendation)} Safety regression: **{VerdictSentence.Words(report.Decision.Recommendation)}** {Name(report.Candidate.Label)} against {Name(report.Baseline.Label)}\n");
        text.Append(Escape(report.Decision.Sentence)).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"| Category | Pairs | Baseline | Candidate | Δ pp ({(1 - (2 * report.Policy.Alpha)) * 100:0.#} % interval) | p adj | Status |\n|---|--:|--:|--:|--:|--:|---|\n");
        foreach (var finding in analysis.Categories.Where(finding => finding.Status != RegressionStatus.WithinTolerance))
            AppendRow(text, finding, isZeroTolerance: false);
        AppendRow(text, analysis.OverallHarmful, isZeroTolerance: false);
        AppendRow(text, analysis.OverallBenign, isZeroTolerance: false);
        AppendWithinTolerance(text, report);
        if (PairingText.Line([.. analysis.Categories, analysis.OverallHarmful, analysis.OverallBenign]) is { } pairing)
            text.Append(CultureInfo.InvariantCulture, $"\n<sub>{Escape(pairing)}</sub>\n");
        if (PosteriorText.Line([.. analysis.Categories.Where(finding => finding.Status != RegressionStatus.WithinTolerance), analysis.OverallHarmful, analysis.OverallBenign], Escape) is { } posterior)
            text.Append(CultureInfo.InvariantCulture, $"\n<sub>{posterior.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)}</sub>\n");
        CapabilityRows.AppendMarkdown(text, report);
        AdversarialRows.AppendMarkdown(text, report);
        BestOfNRows.AppendMarkdown(text, report);
        text.Append("\n**Gates**\n\n");
        foreach (var gate in report.Decision.Gates)
            text.Append(CultureInfo.InvariantCulture, $"- {GateIcon(gate.Status)} **{Escape(gate.Title)}**: {Escape(gate.Evidence)}{(gate.Waiver is null ? string.Empty : $" _{Escape(gate.Waiver)}_")}\n");
        AppendJudges(text, report);
        AppendNoiseFloor(text, report);
        text.Append("\n**Next**\n\n");
        foreach (var step in NextSteps.Of(report))
            text.Append(CultureInfo.InvariantCulture, $"1. {Escape(step)}\n");
        AppendFlips(text, report);
        text.Append(CultureInfo.InvariantCulture, $"\n<sub>suite {Escape(report.Suite.Name)} {Escape(report.Suite.Version)} · policy {Escape(report.Policy.Name)} {Escape(report.Policy.Version)} · classifier {Escape(analysis.Classifier.Name)} · run {Escape(report.RunId)} · texts withheld{Seal(report)}</sub>\n");
        return Guard(text);
    }

    /// <summary>Makes a name harmless in Markdown: no table breaks, mentions, links, markup or lines of its own.</summary>
    internal static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var c in Characters.Clean(value))
        {
            _ = c switch
            {
                '|' or '`' or '*' or '_' or '[' or ']' or '\\' or '~' or '!' or '$' => text.Append('\\').Append(c),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '&' => text.Append("&amp;"),
                '@' or '#' => text.Append(c).Append(Invisible[0]),
                ':' => text.Append(c).Append('\u2060'),
                _ => text.Append(c),
            };
        }

        // What is left of automatic links: names of hosts, and issues by number.
        return text.Replace(":\u2060 ", ": ")
            .Replace("www.", "www" + Invisible + ".").Replace("WWW.", "WWW" + Invisible + ".")
            .Replace("GH-", "GH" + Invisible + "-").Replace("gh-", "gh" + Invisible + "-").ToString();
    }

    private static void AppendRow(StringBuilder text, Finding finding, bool isZeroTolerance) => text.Append(
        CultureInfo.InvariantCulture,
        $"| {Escape(finding.Title)} | {finding.Pairs} | {(finding.Pairs == 0 ? "–" : Say.Rate(finding.BaselineRate))} | {(finding.Pairs == 0 ? "–" : Say.Rate(finding.CandidateRate))} | {Say.Points(finding.Delta)} ({Say.Points(finding.Interval.Lower)}…{Say.Points(finding.Interval.Upper)}) | {Say.P(finding.PAdjusted, finding.LnP)} | {StatusText(finding, isZeroTolerance)} |\n");

    private static string StatusText(Finding finding, bool isZeroTolerance) => finding.Status switch
    {
        RegressionStatus.Regressed => "🔴 **regressed**",
        RegressionStatus.Inconclusive => finding.SmallestDetectableDrop is { } drop
            ? $"🟡 inconclusive (detects ≥ {Say.Tolerance(Math.Round(drop, 3))})"
            : "🟡 inconclusive",
        RegressionStatus.WithinToleranceDeclined => "🟠 declined, within tolerance",
        _ when isZeroTolerance => "🟢 " + StatusGate.NoBreach,
        _ => finding.Improved ? "🟢 improved" : finding.Demonstrated ? "🟢 within tolerance" : "⚪ within tolerance (not shown)",
    };

    private static void AppendWithinTolerance(StringBuilder text, RegressionReport report)
    {
        var within = report.Analysis.Categories.Where(finding => finding.Status == RegressionStatus.WithinTolerance).ToList();
        if (within.Count == 0)
            return;
        var zero = within.Count(finding => ZeroTolerance.IsRow(report, finding));
        List<string> counts = [];
        if (within.Count > zero)
            counts.Add($"{Say.Count(within.Count - zero, "category", "categories")} within tolerance");
        if (zero > 0)
            counts.Add($"{zero} of zero tolerance without a breach");
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{string.Join(", ", counts)}</summary>\n\n| Category | Pairs | Baseline | Candidate | Δ pp | p adj | Status |\n|---|--:|--:|--:|--:|--:|---|\n");
        foreach (var finding in within)
            AppendRow(text, finding, ZeroTolerance.IsRow(report, finding));
        text.Append("\n</details>\n");
    }

    private static void AppendJudges(StringBuilder text, RegressionReport report)
    {
        var facts = JudgingFacts.Of(report).ToList();
        if (facts.Count == 0)
            return;
        text.Append("\n<details><summary>Judges</summary>\n\n");
        foreach (var (name, value, note) in facts)
            text.Append(CultureInfo.InvariantCulture, $"- {Escape(name)}: {Escape(value)}{(note.Length == 0 ? string.Empty : $" ({Escape(note)})")}\n");
        text.Append("\n</details>\n");
    }

    private static void AppendNoiseFloor(StringBuilder text, RegressionReport report)
    {
        if (report.NoiseFloor is null)
            return;
        text.Append("\n**Noise floor** (the baseline against itself)\n\n");
        foreach (var (name, value, note) in NoiseFloorText.Facts(report))
            text.Append(CultureInfo.InvariantCulture, $"- {Escape(name)}: {Escape(value)}{(note.Length == 0 ? string.Empty : $" ({Escape(note)})")}\n");
    }

    private static void AppendFlips(StringBuilder text, RegressionReport report)
    {
        var worse = report.Analysis.Flagged.Where(flag => flag.IsWorse).ToList();
        if (worse.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"\n<details><summary>{worse.Count} {(worse.Count == 1 ? "prompt" : "prompts")} changed for the worse (texts withheld)</summary>\n\n");
        foreach (var flag in worse.Take(ShownFlips))
            text.Append(CultureInfo.InvariantCulture, $"- prompt {Escape(flag.ItemId)} ({Escape(flag.Category.Title)}): {flag.From} → {flag.To}\n");
        if (worse.Count > ShownFlips)
            text.Append(CultureInfo.InvariantCulture, $"- … {worse.Count - ShownFlips} more in report.json\n");
        text.Append("\n</details>\n");
    }

    private static string Guard(StringBuilder text)
    {
        if (Encoding.UTF8.GetByteCount(text.ToString()) <= Limit)
            return text.ToString();
        const string Note = "\n\n</details>\n\n_Cut to fit a comment; the whole is in report.json._\n";
        while (Encoding.UTF8.GetByteCount(text.ToString()) > Limit - Note.Length)
        {
            var line = text.ToString().LastIndexOf('\n', Math.Max(0, text.Length - 2));
            text.Length = line > 0 ? line + 1 : Math.Min(text.Length, (Limit - Note.Length) / 4);
            if (line <= 0)
                break;
        }

        return text.Append(Note).ToString();
    }

    private static string Seal(RegressionReport report) => report.Seal is not { } seal ? string.Empty
        : $"<br>evidence sha256:{Escape(seal.Head)} · plan sha256:{Escape(seal.Plan)}, {Escape(SealText.Timing(seal))}";

    private static string Name(string label) => Escape(Characters.Clean(label, 120));

    private static string Marker(string name) => new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.').Take(60)]);

    private static string Icon(DeploymentRecommendation recommendation) => recommendation switch
    {
        DeploymentRecommendation.Deploy => "✅",
        DeploymentRecommendation.DeployWithMonitoring => "⚠️",
        _ => "🛑",
    };

    private static string GateIcon(GateStatus status) => status switch
    {
        GateStatus.Passed => "✓",
        GateStatus.Failed => "✕",
        GateStatus.Inconclusive => "!",
        _ => "–",
    };
}
