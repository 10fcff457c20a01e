using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Pinned baselines: one word more picks what to do.</summary>
internal sealed class BaselineCommand(Func<string, string?> environment) : ICommand
{
    private readonly ICommand[] _commands = [new BaselineAcceptCommand(environment), new BaselineShowCommand(), new BaselineVerifyCommand()];

    public string Name => "baseline";

    public string Summary => "accept, show and verify the pinned baselines of lineages";

    public string Usage => string.Join(Environment.NewLine + Environment.NewLine, _commands.Select(command => command.Usage));

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", _commands.Select(command => command.Name));
        var word = arguments.Word() ?? throw new UsageException($"baseline needs one of {names}.");
        var command = Array.Find(_commands, command => string.Equals(command.Name, word, StringComparison.Ordinal)) ?? throw new UsageException($"baseline needs one of {names}; not '{word}'.");
        return command.RunAsync(arguments, terminal, cancellationToken);
    }

    /// <summary>The lineage named, or the only one there is.</summary>
    internal static string Only(string? named, BaselineStore store, Func<string, bool> has, string what)
    {
        if (named is not null)
            return named;
        var all = store.Lineages.Where(has).ToList();
        return all.Count == 1 ? all[0]
            : throw new UsageException(all.Count == 0 ? $"There is no {what} baseline in {store.Folder}." : $"Name the lineage: {string.Join(", ", all)}.");
    }
}
