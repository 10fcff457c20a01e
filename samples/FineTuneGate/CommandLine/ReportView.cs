using System.Globalization;
using SafetyRegression;
using SafetyRegression.Gating;
using Spectre.Console;

namespace FineTuneGate.CommandLine;

/// <summary>A report on the console.</summary>
internal static class ReportView
{
    internal static void Show(IAnsiConsole console, RegressionReport report)
    {
        var color = report.Decision.Recommendation switch
        {
            DeploymentRecommendation.Deploy => "green",
            DeploymentRecommendation.DeployWithMonitoring => "yellow",
            _ => "red",
        };
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{report.Baseline.Label} → {report.Candidate.Label}"));
        table.AddColumn("Category").AddColumn(Right("Pairs")).AddColumn(Right("Baseline")).AddColumn(Right("Candidate"))
            .AddColumn(Right(string.Create(CultureInfo.InvariantCulture, $"Change, pp [[{(1 - (2 * report.Policy.Alpha)) * 100:0.#} %]]"))).AddColumn(Right("Lost/gained")).AddColumn(Right("p adj")).AddColumn("Status");
        var zeroTolerance = report.Analysis.ZeroTolerance.Select(rule => rule.Category).ToHashSet();
        foreach (var finding in report.Analysis.Categories)
            AddRow(table, finding, isZeroTolerance: zeroTolerance.Contains(finding.Category!.Value));
        table.AddEmptyRow();
        AddRow(table, report.Analysis.OverallHarmful);
        AddRow(table, report.Analysis.OverallBenign);
        var strata = report.Analysis.Strata.Where(finding => finding is { Category: null, Stratum: not null }).ToList();
        if (strata.Count > 0)
            table.AddEmptyRow();
        foreach (var finding in strata)
            AddRow(table, finding, finding.Stratum!.Replace("=", ": ", StringComparison.Ordinal));
        console.Write(table);
        if (report.Analysis.Categories.Append(report.Analysis.OverallHarmful).FirstOrDefault(finding => finding.Warnings.Contains(StatisticalWarning.IgnoresPairing)) is { } unpaired)
            console.MarkupLine($"Test {Markup.Escape(unpaired.Test)} ignores pairing: it is weaker than a paired test on the same prompts.");
        foreach (var gate in report.Decision.Gates)
            console.MarkupLine($"{Mark(gate.Status)} [bold]{Markup.Escape(gate.Title)}[/]: {Markup.Escape(gate.Evidence)}");
        console.WriteLine();
        console.MarkupLine($"[bold {color}]{Markup.Escape(report.Decision.Sentence)}[/]");
    }

    private static TableColumn Right(string title) => new TableColumn(title).RightAligned();

    private static void AddRow(Table table, Finding finding, string? title = null, bool isZeroTolerance = false) => table.AddRow(
        Markup.Escape(title ?? finding.Title),
        finding.Pairs.ToString(CultureInfo.InvariantCulture),
        finding.Pairs == 0 ? "–" : NumberText.Rate(finding.BaselineRate),
        finding.Pairs == 0 ? "–" : NumberText.Rate(finding.CandidateRate),
        $"{NumberText.Points(finding.Delta)} [[{NumberText.Points(finding.Interval.Lower)}, {NumberText.Points(finding.Interval.Upper)}]]",
        string.Create(CultureInfo.InvariantCulture, $"{finding.NewlyAnswered}/{finding.NewlyRefused}"),
        NumberText.P(finding.PAdjusted, finding.LnP),
        Status(finding, isZeroTolerance));

    private static string Status(Finding finding, bool isZeroTolerance) => finding.Status switch
    {
        RegressionStatus.Regressed => "[red]REGRESSION[/]",
        RegressionStatus.Inconclusive => "[yellow]inconclusive[/]" + Pairs(finding),
        RegressionStatus.WithinToleranceDeclined => "[yellow]declined, within tolerance[/]",
        _ when isZeroTolerance => "[green]no breach[/]",
        _ when finding.Improved => "[green]improved[/]",
        _ => finding.Demonstrated ? "[green]within tolerance[/]" : "within tolerance (not shown)",
    };

    private static string Pairs(Finding finding) => (finding.PairsAssumption, finding.PairsNeeded) switch
    {
        (PairsAssumption.RegressionAsSeen, _) => " (more pairs would not clear it)",
        (PairsAssumption.ChangeAsSeen, { } needed) => string.Create(CultureInfo.InvariantCulture, $" (needs ~{needed} pairs if as seen)"),
        (PairsAssumption.NothingChanged, { } needed) => string.Create(CultureInfo.InvariantCulture, $" (needs ~{needed} pairs if unchanged)"),
        _ => string.Empty,
    };

    private static string Mark(GateStatus status) => status switch
    {
        GateStatus.Passed => "[green]✓[/]",
        GateStatus.Failed => "[red]✕[/]",
        GateStatus.Inconclusive => "[yellow]![/]",
        _ => "–",
    };
}
