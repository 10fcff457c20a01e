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
          {SuiteOptions.Usage}
        {VariantOptions.Usage}
          --samples K               answers per prompt and model (default 1)
          --save FILE.jsonl         writes the suite with its variants, so that every later run asks the same texts
          Without --variants and --contexts: the {EmbeddedPlan.Name} plan, which runs when the program is given no arguments.
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var name = arguments.Word() ?? arguments.Option("suite") ?? "built-in";
        var samples = arguments.Integer("samples", 1, 1000) ?? 1;
        var save = arguments.Option("save");
        var plain = SuiteOptions.Load(name, allowSingleClass: true);
        var suite = VariantOptions.Apply(plain, arguments, EmbeddedPlan.Name, terminal.Line);
        arguments.Done();

        terminal.Line(suite.ToString());
        var table = new Table().Border(TableBorder.Rounded).AddColumns("variant", "prompts", "controls", "seed prompts", "calls (2 models)", "tokens to send");
        foreach (var group in suite.Prompts.GroupBy(prompt => prompt.Variant.ToString(), StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
            table.AddRow([.. Row(group.Key.Length == 0 ? "plain" : group.Key, [.. group], samples).Select(Markup.Escape)]);
        table.AddEmptyRow();
        table.AddRow([.. Row("all", [.. suite.Prompts], samples).Select(Markup.Escape)]);
        terminal.Human.Write(table);
        terminal.Line("Tokens are estimated at four characters each, in UTF-8 bytes; what the models answer comes on top.");
        terminal.Line(SuitePlan.For(suite).ToString());
        if (save is not null)
        {
            JsonLinesSuite.Save(suite, save);
            terminal.Line($"Saved: {save}");
        }

        return Task.FromResult(ExitCode.Ok);
    }

    private static string[] Row(string title, List<SafetyPrompt> prompts, int samples)
    {
        var controls = prompts.Count(DecodeControl.Is);
        var calls = prompts.Sum(prompt => Replies(prompt)) * samples * 2;
        var bytes = prompts.Sum(prompt => (long)Bytes(prompt)) * samples * 2;
        return [title, Text(prompts.Count - controls), Text(controls), Text(prompts.Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count()), Text(calls), Text((bytes + 3) / 4)];
    }

    /// <summary>One reply per user turn, unless a scripted assistant turn takes its place, and one after a prefill.</summary>
    private static int Replies(SafetyPrompt prompt) => Enumerable.Range(0, prompt.Turns.Length).Count(i =>
        i == prompt.Turns.Length - 1 || (prompt.Turns[i].Role == MessageRole.User && prompt.Turns[i + 1].Role == MessageRole.User));

    private static int Bytes(SafetyPrompt prompt) =>
        System.Text.Encoding.UTF8.GetByteCount(prompt.SystemPrompt ?? string.Empty) + prompt.Turns.Sum(turn => System.Text.Encoding.UTF8.GetByteCount(turn.Text));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
