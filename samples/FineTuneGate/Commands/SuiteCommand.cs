using FineTuneGate.CommandLine;

namespace FineTuneGate.Commands;

/// <summary>Care of suites: one word more picks what to do.</summary>
internal sealed class SuiteCommand : ICommand
{
    private static readonly ICommand[] _commands = [new SuiteLintCommand(), new SuiteDiffCommand(), new SuiteImportCommand(), new SuiteTranslateCommand(Environment.GetEnvironmentVariable), new SuitePlanCommand(), new SuiteVariantsCommand(), new SuiteTableCommand()];

    public string Name => "suite";

    public string Summary => "lint, compare, import, plan, vary and count suites";

    public string Usage => string.Join(Environment.NewLine + Environment.NewLine, _commands.Select(command => command.Usage));

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", _commands.Select(command => command.Name));
        var word = arguments.Word() ?? throw new UsageException($"suite needs one of {names}.");
        var command = Array.Find(_commands, command => string.Equals(command.Name, word, StringComparison.Ordinal)) ?? throw new UsageException($"suite needs one of {names}; not '{word}'.");
        return command.RunAsync(arguments, terminal, cancellationToken);
    }
}
