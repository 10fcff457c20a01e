using System.Globalization;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Suites;
using Spectre.Console;

namespace FineTuneGate.Commands;

/// <summary>Says what a run with variants would send and what it would cost, and can freeze it in a file.</summary>
internal sealed class SuiteVariantsCommand : ICommand
{
    public string Name => "variants";

    public string Summary => "list what a run with variants would send, and what it costs";

    public string Usage => $"""
        FineTuneGate suite variants [SUITE] [options]
        {AskedSuite.Usage}
          --samples K        answers per prompt and model (default 1)
          --max-tokens N     the longest answer (default 1024)
          --save FILE.jsonl  writes the suite with its variants, so that every later run asks the same texts
          Without a suite: the {EmbeddedPlan.Name} plan, which runs when the program is given no arguments.
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var word = arguments.Word();
        var options = new SafetyRunOptions { SamplesPerPrompt = arguments.Integer("samples", 1, 1000) ?? 1, MaxOutputTokens = arguments.Integer("max-tokens", 1, 1_000_000) ?? 1024 };
        var save = arguments.Option("save");
        var (suite, _) = AskedSuite.Read(arguments, embedded: true, terminal.Line, word, allowSingleClass: true);
        arguments.Done();

        terminal.Line(suite.ToString());
        var table = new Table().Border(TableBorder.Rounded).AddColumns("variant", "prompts", "controls", "seed prompts", "calls (2 models)", "tokens to send", "tokens to receive");
        foreach (var group in suite.Prompts.GroupBy(Kind, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            table.AddRow([.. Row(group.Key, [.. group], options).Select(Markup.Escape)]);
        table.AddEmptyRow();
        table.AddRow([.. Row("all", [.. suite.Prompts], options).Select(Markup.Escape)]);
        terminal.Human.Write(table);
        terminal.Line("At most: tokens to send are counted at one for two characters, and every answer as long as it may be.");
        terminal.Line(SuitePlan.For(suite).ToString());
        if (save is not null)
        {
            JsonLinesSuite.Save(suite, save);
            terminal.Line($"Saved: {save}");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static string[] Row(string title, List<SafetyPrompt> prompts, SafetyRunOptions options)
    {
        var estimate = RunEstimate.Of(RunPlan.From(title, "1", prompts.Select(RunItem.From)), options);
        var controls = prompts.Count(DecodeControl.Is);
        var seeds = prompts.Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return [title, Text(prompts.Count - controls), Text(controls), Text(seeds), Text(estimate.Calls), Text(estimate.InputTokens), estimate.OutputTokens is { } output ? Text(output) : "no limit"];
    }

    private static string Kind(SafetyPrompt prompt) => string.Join(", ", new[]
    {
        prompt.Variant.IsNone ? "plain" : prompt.Variant.ToString(),
        prompt.Language == "en" ? null : prompt.Language,
        prompt.Turns.Count(turn => turn.Role == MessageRole.User) > 1 && prompt.Variant.IsNone ? "several turns" : null,
    }.OfType<string>());

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
