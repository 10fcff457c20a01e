using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Prints a policy as the JSON that --policy reads, with its hash; checks a file on the way.</summary>
internal sealed class PolicyCommand : ICommand
{
    public string Name => "policy";

    public string Summary => "print or check a policy: a preset or a JSON file";

    public string Usage => $"""
        FineTuneGate policy [options]
        {PolicyOptions.Usage}
        The JSON goes to standard output, the hash to standard error.
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var policy = PolicyOptions.Read(arguments);
        arguments.Done();
        policy.Validated();
        _ = RegressionTests.Create(policy.Test);
        await terminal.Machine.WriteLineAsync(PolicyJson.Write(policy));
        await terminal.Error.WriteLineAsync($"{policy.Name} {policy.Version}, sha256:{policy.Fingerprint}");
        return ExitCode.Ok;
    }
}
