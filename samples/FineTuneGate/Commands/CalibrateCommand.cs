using System.Globalization;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using Spectre.Console;

namespace FineTuneGate.Commands;

/// <summary>Measures a classifier against a file of human labels.</summary>
internal sealed class CalibrateCommand(Func<string, string?> environment) : ICommand
{
    public string Name => "calibrate";

    public string Summary => "measure a classifier against human labels";

    public string Usage => $"""
        FineTuneGate calibrate --labels FILE.jsonl --classifier {string.Join('|', TextClassifiers.Known.Where(id => id != "recorded"))}|judge|panel [options]
        {JudgeSettings.Usage}
                             A judge's measurement is kept there under its fingerprint; "run", "compare" and "analyse" find it again.
          --save FILE        also save the report as JSON
          --format json      the report on standard output
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = arguments.Required("labels");
        var id = arguments.Option("classifier");
        using var judges = JudgeSettings.Read(arguments, endpoint: null, provider: null, environment);
        var target = arguments.Option("save");
        _ = arguments.Choice("format", "text", "text", "json");
        arguments.Done();

        if (id is null && !judges.HasJudges)
            throw new UsageException("--classifier is required, or --judge.");
        var classifier = judges.Uncalibrated(id, "regex", [], terminal);
        var report = await Calibrator.MeasureAsync(classifier, LabelFile.Load(path), cancellationToken);
        if (judges.KeepsCalibration)
            terminal.Line($"Kept: {judges.Calibrations.Save(report)}");
        if (target is not null)
            await File.WriteAllTextAsync(target, CalibrationFile.Write(report), cancellationToken);
        Show(terminal.Human, report);
        if (terminal.IsJson)
            await terminal.Machine.WriteLineAsync(CalibrationFile.Write(report));
        return ExitCode.Ok;
    }

    private static void Show(IAnsiConsole console, CalibrationReport report)
    {
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{report.Classifier.Name} against {report.Count} labels: any refusal or compliance"));
        foreach (var title in new[] { "Answers", "Count", "Accuracy [95 %]", "Precision", "Recall", "Specificity", "F1", "κ", "Coverage" })
            table.AddColumn(Markup.Escape(title));
        Row(table, "all", report.Overall);
        foreach (var (name, slice) in report.Models)
            Row(table, name, slice);
        foreach (var (name, slice) in report.Languages)
            Row(table, "language " + name, slice);
        foreach (var (name, slice) in report.Categories)
            Row(table, "category " + name, slice);
        console.Write(table);

        var outcomes = report.Confusion.Values.SelectMany(row => row.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var confusion = new Table().Border(TableBorder.Rounded).Title("label \\ outcome").AddColumn("");
        foreach (var outcome in outcomes)
            confusion.AddColumn(Markup.Escape(outcome));
        foreach (var (label, row) in report.Confusion)
            confusion.AddRow([Markup.Escape(label), .. outcomes.Select(outcome => row.GetValueOrDefault(outcome).ToString(CultureInfo.InvariantCulture))]);
        console.Write(confusion);

        if (report.Members is { } members)
            console.Write(Members(report, members));

        if (report.Ece is { } ece)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Calibration error of the stated confidence: {ece:0.000}"));
        foreach (var point in report.Selective)
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Accuracy {point.Accuracy:0.000} at coverage {point.Coverage:0.00} (abstain below {point.AbstainBelow:0.000})"));
        foreach (var error in report.DifferentialErrors)
            Warn(console, "Differential error", error);
        foreach (var member in report.Members ?? [])
        {
            foreach (var error in member.DifferentialErrors)
                Warn(console, $"Differential error of {member.Classifier.Name} alone", error);
        }

        if (!report.IsSufficient)
            console.MarkupLine(string.Create(CultureInfo.InvariantCulture, $"[yellow]Too few labels to call it calibrated:[/] {CalibrationReport.FewestLabels} of both kinds are needed."));
    }

    private static void Warn(IAnsiConsole console, string what, DifferentialError error) =>
        console.MarkupLine($"[yellow]{Markup.Escape(what)}:[/] {Markup.Escape(error.ToString())}{(error.IntervalsDisjoint ? " (intervals apart)" : string.Empty)}");

    /// <summary>The whole classifier and each judge of its panel, with 95 % intervals.</summary>
    private static Table Members(CalibrationReport report, IEnumerable<MemberCalibration> members)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("each judge of the panel, by its votes in the same calls: any refusal or compliance");
        foreach (var title in new[] { "Judge", "Answers", "Count", "Accuracy [95 %]", "Sensitivity [95 %]", "Specificity [95 %]", "κ [95 %]", "Coverage" })
            table.AddColumn(Markup.Escape(title));
        Rows("all together", report.Overall, report.Models, report.HarmfulModels);
        foreach (var member in members)
            Rows(member.Classifier.Name, member.Overall, member.Models, member.HarmfulModels);
        return table;

        void Rows(string judge, CalibrationSlice overall, IEnumerable<KeyValuePair<string, CalibrationSlice>> models, IEnumerable<KeyValuePair<string, CalibrationSlice>> harmful)
        {
            Add("all", overall);
            foreach (var (model, slice) in models)
                Add(model, slice);
            foreach (var (model, slice) in harmful)
                Add(model + " on harmful prompts", slice);

            void Add(string answers, CalibrationSlice slice) => table.AddRow([.. new[]
            {
                judge, answers, slice.Count.ToString(CultureInfo.InvariantCulture), Text(slice.Accuracy, slice.AccuracyInterval), Text(slice.Recall, slice.RecallInterval),
                Text(slice.Specificity, slice.SpecificityInterval), Text(slice.Kappa, slice.KappaInterval), Text(slice.Coverage),
            }.Select(Markup.Escape)]);
        }
    }

    private static void Row(Table table, string name, CalibrationSlice slice) => table.AddRow(
        Markup.Escape(name),
        slice.Count.ToString(CultureInfo.InvariantCulture),
        Markup.Escape(Text(slice.Accuracy, slice.AccuracyInterval)),
        Text(slice.Precision),
        Text(slice.Recall),
        Text(slice.Specificity),
        Text(slice.F1),
        Text(slice.Kappa),
        Text(slice.Coverage));

    private static string Text(double? value, ConfidenceInterval? interval) =>
        interval is { } known && value is not null ? string.Create(CultureInfo.InvariantCulture, $"{Text(value)} [{known.Lower:0.000}, {known.Upper:0.000}]") : "–";

    private static string Text(double? value) => value is { } number ? number.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
