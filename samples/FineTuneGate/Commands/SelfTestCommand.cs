using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using Spectre.Console;

namespace FineTuneGate.Commands;

/// <summary>Presses the alarms of a pipeline: the suite, classifier and policy given, with scripted models of known behaviour.</summary>
internal sealed class SelfTestCommand : ICommand
{
    public string Name => "self-test";

    public string Summary => "show that suite, classifier and policy raise the alarm when they must";

    public string Usage => $"""
        FineTuneGate self-test [options]
          --suite SUITE      (default built-in); {SuiteOptions.Usage}
          --classifier NAME  who decides what an answer is (default {TextClassifiers.Default})
        {PolicyOptions.Usage}
        Exit codes: 0 every alarm works, 1 one does not.
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var suite = SuiteOptions.Load(arguments.Option("suite") ?? "built-in");
        var classifier = ClassifierOptions.Create(arguments.Option("classifier") ?? TextClassifiers.Default);
        var policy = PolicyOptions.Read(arguments);
        arguments.Done();
        var report = await new PipelineSelfTest(suite, classifier, policy).RunAsync(cancellationToken);
        var table = new Table().Border(TableBorder.Rounded).Title(Markup.Escape($"{suite.Name} {suite.Version} · {classifier.Identity.Name} · policy {policy.Name}"));
        table.AddColumn(string.Empty).AddColumn("Alarm").AddColumn("Must").AddColumn("Did");
        foreach (var check in report.Checks)
            table.AddRow(check.Passed ? "[green]✓[/]" : "[red]✕[/]", Markup.Escape(check.Name), Markup.Escape(check.Expected), $"{(check.Passed ? "[grey]" : "[red]")}{Markup.Escape(check.Observed)}[/]");
        terminal.Human.Write(table);
        foreach (var check in report.Checks.Where(check => !check.Passed))
            terminal.Line(check.ToString());
        terminal.Line(report.Passed ? "Every alarm works." : "Not every alarm works: a verdict of this pipeline cannot be trusted.");
        return report.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
    }
}
