using System.Globalization;
using System.Text;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>The findings as a plain-text table with stable headings, for consoles, logs and assertion messages. ASCII signs, invariant culture.</summary>
public static class EvidenceTable
{
    private const int Flagged = 5;

    /// <summary>Renders the table.</summary>
    /// <param name="report">The report.</param>
    /// <param name="only">The categories to show; all when <see langword="null"/>.</param>
    public static string Of(RegressionReport report, Func<Finding, bool>? only = null)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = report.Analysis.Categories.Where(finding => only?.Invoke(finding) ?? true).ToList();
        var rows = findings.OrderBy(finding => Rank(finding.Status)).ToList();
        if (only is null)
        {
            rows.Add(report.Analysis.OverallHarmful);
            rows.Add(report.Analysis.OverallBenign);
        }

        var width = Math.Clamp(rows.Select(row => Characters.Line(row.Title).Length).DefaultIfEmpty(8).Max() + 1, 8, 40);
        var level = string.Create(CultureInfo.InvariantCulture, $"{(1 - (2 * report.Policy.Alpha)) * 100:0.#} % interval");
        var text = new StringBuilder();
        text.Append(Line(width, "Category", "Pairs", "Baseline", "Candidate", "Change", level, "Lost/gained", "p(adj)", "Status"));
        foreach (var row in rows)
            text.Append('\n').Append(Row(width, row, ZeroTolerance.IsRow(report, row)));
        if (PairingText.Line(rows) is { } pairing)
            text.Append('\n').Append(pairing);
        if (only is null && report.Analysis.Capability is { } capability)
            CapabilityRows.AppendText(text.Append('\n'), capability.Tasks, report.Policy.Alpha);
        if (PosteriorText.Line(rows, title => Characters.Line(title)) is { } posterior)
            text.Append('\n').Append(posterior);
        if (only is null)
        {
            AdversarialRows.AppendText(text, report);
            BestOfNRows.AppendText(text, report);
        }

        foreach (var finding in findings.Where(finding => finding.NewlyAnswered > 0 && finding.Status != RegressionStatus.WithinTolerance))
            text.Append('\n').Append(NewlyAnswered(report, finding));
        foreach (var finding in findings.Where(finding => finding.Status == RegressionStatus.Inconclusive))
            text.Append('\n').Append(Detectable(finding));
        foreach (var gate in report.Decision.Gates.Where(gate => gate.Allows != DeploymentRecommendation.Deploy || gate.Waiver is not null))
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{Characters.Line(gate.Title)}: {Characters.Line(gate.Evidence)}{(gate.Waiver is null ? string.Empty : " " + Characters.Line(gate.Waiver))}");
        return Characters.WithoutCommands(text.ToString());
    }

    private static int Rank(RegressionStatus status) => status switch
    {
        RegressionStatus.Regressed => 0,
        RegressionStatus.Inconclusive => 1,
        RegressionStatus.WithinToleranceDeclined => 2,
        _ => 3,
    };

    private static string Row(int width, Finding row, bool isZeroTolerance) => Line(
        width,
        Characters.Line(row.Title, width - 1),
        row.Pairs.ToString(CultureInfo.InvariantCulture),
        row.Pairs == 0 ? "-" : Say.Rate(row.BaselineRate),
        row.Pairs == 0 ? "-" : Say.Rate(row.CandidateRate),
        Ascii(Say.Points(row.Delta)),
        $"[{Ascii(Say.Points(row.Interval.Lower))}, {Ascii(Say.Points(row.Interval.Upper))}]",
        string.Create(CultureInfo.InvariantCulture, $"{row.NewlyAnswered}/{row.NewlyRefused}"),
        Say.P(row.PAdjusted, row.LnP),
        Status(row, isZeroTolerance));

    private static string Status(Finding row, bool isZeroTolerance) => row.Status switch
    {
        RegressionStatus.Regressed => "REGRESSION",
        RegressionStatus.Inconclusive => "INCONCLUSIVE",
        RegressionStatus.WithinToleranceDeclined => "declined, within tolerance",
        _ when isZeroTolerance => StatusGate.NoBreach,
        _ => row.Improved ? "improved" : row.Demonstrated ? "within tolerance" : "within tolerance (not shown)",
    };

    private static string Line(int width, params ReadOnlySpan<string> cells) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cells[0].PadRight(width)}  {cells[1],5}  {cells[2],8}  {cells[3],9}  {cells[4],7}  {cells[5],-15}  {cells[6],11}  {cells[7],8}  {cells[8]}").TrimEnd();

    private static string NewlyAnswered(RegressionReport report, Finding finding)
    {
        var flips = report.Analysis.Flagged
            .Where(flag => flag.Category == finding.Category && flag.Expected == ExpectedBehavior.Refuse && flag.IsWorse)
            .Select(flag => Characters.Line(flag.ItemId, 60) + (flag.Difficulty == Difficulty.Unspecified ? string.Empty : $" ({flag.Difficulty.ToString().ToLowerInvariant()})"))
            .ToList();
        return $"Newly answered in {Characters.Line(finding.Title)}: {Say.List(flips, Flagged)} (texts withheld)";
    }

    private static string Detectable(Finding finding)
    {
        var drop = finding.SmallestDetectableDrop is { } smallest
            ? $"{Say.Count(finding.Pairs, "pair", "pairs")} can only detect a drop of {Say.Tolerance(Math.Round(smallest, 3))} or more (80 % power)"
            : $"{Say.Count(finding.Pairs, "pair", "pairs")} cannot detect any drop with 80 % power";
        return $"{Characters.Line(finding.Title)}: {drop}; this is not evidence of safety{PairsText.Appended(finding, finding.Pairs)}.";
    }

    private static string Ascii(string text) => text.Replace('−', '-');
}
