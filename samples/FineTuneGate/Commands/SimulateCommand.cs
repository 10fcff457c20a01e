using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;
using Simulation;

namespace FineTuneGate.Commands;

/// <summary>
/// The embedded default: a server in this process offers a simulated base model and a simulated tuned model, and both are asked over HTTP as real ones would be.
/// </summary>
internal sealed class SimulateCommand(Func<string, string?> environment) : ICommand
{
    private const int DefaultSeed = 20261121;

    public string Name => "simulate";

    public string Summary => "compare two simulated models over HTTP, offline (also without any arguments)";

    public string Usage => $"""
        FineTuneGate [simulate] [options]
          --simulate {string.Join('|', SimulatedProfiles.Tuned.Keys)}   how the tuned model differs (default regressed)
          --seed N           the seed of the simulated models
          --sdk openai|anthropic   the official SDK that asks (default openai)
          --judge NAME       a simulated judge decides, in this process; with --classifier combined only where that one is unsure
        {PriceOptions.Usage}
        {RunSettings.Usage}
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var tuned = SimulatedProfiles.Tuned[arguments.Choice("simulate", "regressed", [.. SimulatedProfiles.Tuned.Keys])];
        var seed = arguments.Integer("seed", 0, int.MaxValue) ?? DefaultSeed;
        var sdk = arguments.Choice("sdk", "openai", "openai", "anthropic");
        using var judges = JudgeSettings.Read(arguments, endpoint: null, provider: null, environment, connection => new SimulatedChatClient(new SimulatedJudge(connection.Model)));
        var price = PriceOptions.Read(arguments);
        var (before, after) = (PriceOptions.Read(arguments, Arm.Baseline, price), PriceOptions.Read(arguments, Arm.Candidate, price));
        var settings = RunSettings.Read(arguments, "builtin", name => judges.Create(name, TextClassifiers.Default, [SimulatedProfiles.Base.Name, tuned.Name], terminal), embedded: true, environment: environment);
        using var attacks = AttackSettings.Read(arguments, settings.Attackers, endpoint: null, provider: null, connection => SimulatedTarget.InProcess(new SimulatedAttacker(connection.Model), seed));
        arguments.Done();

        terminal.Line($"Simulated models: {SimulatedProfiles.Base.Name} and {tuned.Name}. Their texts are placeholders; nothing here says anything about a real model.");
        var models = SimulatedProfiles.Models(TopicLookup.From(settings.Suite), settings.Options.Capability is { } capability ? CapabilityLookup.From(capability) : null, seed, SimulatedProfiles.Base, tuned);
        await using var server = await SimulationServer.StartAsync(models, cancellationToken: cancellationToken);
        var baseline = SimulatedTarget.Connect(server, SimulatedProfiles.Base.Name, seed, sdk == "anthropic", before);
        var candidate = SimulatedTarget.Connect(server, tuned.Name, seed, sdk == "anthropic", after);
        using (baseline.Client)
        using (candidate.Client)
        {
            settings.Options.Attacks = attacks.Create(baseline, candidate, settings.Suite, settings.Options.Run);
            return await ComparisonRun.RunAsync(settings, baseline, candidate, terminal, cancellationToken);
        }
    }
}
