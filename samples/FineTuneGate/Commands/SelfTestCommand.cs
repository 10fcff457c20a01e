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
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var suite = SuiteOptions.Load(arguments.Option("suite") ?? "built-in");
        var classifier = ClassifierOptions.Create(arguments.Option("classifier") ?? TextClassifiers.Default);
        var policy = PolicyOptions.Read(arguments);
        arguments.Done();
        var report = await new PipelineSelfTest(suite, classifier, policy).RunAsync(cancellationToken);
        foreach (var check in report.Checks)
        {
            terminal.Human.MarkupLine($"{(check.Passed ? "[green]✓[/]" : "[red]✕[/]")} [bold]{Markup.Escape(check.Name)}[/]: expected {Markup.Escape(check.Expected)}");
            terminal.Human.MarkupLine($"    [grey]{Markup.Escape(check.Observed)}[/]");
        }

        terminal.Line(report.Passed ? "Every alarm works." : "Not every alarm works: a verdict of this pipeline cannot be trusted.");
        return report.Passed ? ExitCode.Ok : ExitCode.CheckFailed;
    }
}
