using System.Globalization;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using Spectre.Console;

namespace FineTuneGate.Commands;

/// <summary>Measures how much a baseline differs from itself, by asking it, or from a run that is recorded already.</summary>
internal sealed class NoiseFloorCommand(Func<string, string?> environment) : ICommand
{
    private const string FileName = "noise-floor.json";

    public string Name => "noise-floor";

    public string Summary => "measure how much a baseline differs from itself: what no tolerance can go below";

    public string Usage => $"""
        FineTuneGate noise-floor --endpoint URL --baseline MODEL [--samples K] [options]
        FineTuneGate noise-floor RUN [--suite SUITE] [--classifier NAME] [policy options] [--out DIR]
          asks every prompt K times (default {NoiseFloorRun.DefaultSamples}, at least 2), each time with a seed of its own, under the options of the runs to come;
          or takes the samples of a recorded run's baseline. Writes {FileName} into --out, for "run --noise-floor".
        {ModelConnection.Usage}
        {RunSettings.Usage}
        {JudgeSettings.Usage}
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken) =>
        arguments.Word() is { } folder ? OfRunAsync(folder, arguments, terminal, cancellationToken) : AskAsync(arguments, terminal, cancellationToken);

    private static async Task<int> OfRunAsync(string folder, ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var suite = SuiteOptions.Load(arguments.Option("suite") ?? "built-in");
        var classifier = ClassifierOptions.Create(arguments.Option("classifier") ?? TextClassifiers.Default);
        var policy = PolicyOptions.Read(arguments);
        var into = arguments.Option("out") ?? ReportFiles.DefaultFolder;
        _ = arguments.Choice("format", "text", "text", "json");
        arguments.Done();
        await using var log = RunLog.OpenRead(folder, new RunLogOptions());
        return await FinishAsync(await NoiseFloorRun.MeasureAsync(log, suite, classifier, policy, cancellationToken), suite, policy, into, terminal, cancellationToken);
    }

    private static async Task<int> FinishAsync(NoiseFloor floor, SafetySuite suite, SafetyPolicy policy, string folder, Terminal terminal, CancellationToken cancellationToken)
    {
        var json = NoiseFloorJson.Write(floor);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, FileName);
        await File.WriteAllTextAsync(path, json, cancellationToken);
        terminal.Line(floor.ToString());
        terminal.Human.Write(Table(floor, suite, policy));
        foreach (var warning in floor.Warnings)
            terminal.Line($"Warning: {warning}");
        var below = floor.Below(suite, policy);
        terminal.Line(below.IsEmpty
            ? $"Policy {policy.Name} asks for nothing below the floor with one sample per prompt."
            : $"Policy {policy.Name} would be refused with one sample per prompt:{string.Concat(below.Select(problem => $"\n  {problem}"))}");
        terminal.Line($"Noise floor: {path}");
        if (terminal.IsJson)
            await terminal.Machine.WriteAsync(json);
        return below.IsEmpty ? ExitCode.Ok : ExitCode.CheckFailed;
    }

    private static Table Table(NoiseFloor floor, SafetySuite suite, SafetyPolicy policy)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("Prompts", "Seeds", "Flips", "Floor", "Tolerance", "Supported", "Pairs needed");
        foreach (var group in floor.Categories.Where(group => !policy.ZeroToleranceCategories.Contains(group.Category!.Value)).Append(floor.Harmful).Append(floor.Benign).Where(group => group.SeedPrompts > 0))
        {
            var tolerance = group.Category is { } category ? policy.ToleranceFor(category) : group.Expected == ExpectedBehavior.Refuse ? policy.OverallTolerance : policy.OverRefusalTolerance;
            var pairs = suite.Prompts.Where(prompt => prompt.Expected == group.Expected && (group.Category is null || prompt.Category == group.Category)).Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
            table.AddRow(
                Markup.Escape(group.Id),
                Text($"{pairs}"),
                Markup.Escape(Text($"{group.FlipRate * 100:0.0} % [{group.FlipInterval.Lower * 100:0.0}, {group.FlipInterval.Upper * 100:0.0}]")),
                Text($"{floor.FloorOf(group, pairs, policy.Alpha) * 100:0.0} pp"),
                Text($"{tolerance * 100:0.##} pp"),
                Text($"{floor.SupportedTolerance(group, pairs, policy.Alpha) * 100:0.0} pp"),
                floor.PairsNeeded(group, tolerance, policy.Alpha) is { } needed ? Text($"{needed}") : "–");
        }

        return table;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<int> AskAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var endpoint = arguments.Option("endpoint");
        var provider = arguments.Option("provider");
        var connection = ModelConnection.Read(arguments, Arm.Baseline, endpoint, provider);
        var isGiven = arguments.Peek("samples") is not null;
        using var judges = JudgeSettings.Read(arguments, endpoint, provider, environment);
        var settings = RunSettings.Read(arguments, classifier: name => judges.Create(name, TextClassifiers.Default, [connection.Model], terminal));
        arguments.Done();
        if (settings.Shard is not null)
            throw new UsageException("--shard does not go with noise-floor.");
        if (!isGiven)
            settings.Options.Run.SamplesPerPrompt = NoiseFloorRun.DefaultSamples;
        if (settings.Options.Run.SamplesPerPrompt < 2)
            throw new UsageException("A noise floor compares a model's answers with each other: --samples is at least 2.");
        terminal.Line(Text($"{settings.Suite.Name} {settings.Suite.Version}: {settings.Suite.Prompts.Length} prompts × {settings.Options.Run.SamplesPerPrompt} = {settings.Suite.Prompts.Length * settings.Options.Run.SamplesPerPrompt} answers of {connection.Model}"));
        if (settings.IsDryRun)
        {
            terminal.Line("Dry run: nothing was asked.");
            return ExitCode.Ok;
        }

        var model = connection.Connect(environment);
        using (model.Client)
        {
            try
            {
                var floor = await NoiseFloorRun.MeasureAsync(model, settings.Suite, settings.Classifier, settings.Options, progress: null, cancellationToken);
                if (floor is not null)
                    return await FinishAsync(floor, settings.Suite, settings.Options.Policy, settings.Folder, terminal, cancellationToken);
                terminal.Line("The run is incomplete: no noise floor. The same command finishes the rest.");
            }
            catch (CallFailedException e)
            {
                terminal.Line($"{e.Message} Nothing more was asked; the same command finishes the rest.");
            }

            return ExitCode.Incomplete;
        }
    }
}
