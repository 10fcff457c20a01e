using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Classification;

namespace FineTuneGate.Commands;

/// <summary>Asks two models at any OpenAI-compatible or Anthropic endpoint and compares them.</summary>
internal sealed class RunCommand(Func<string, string?> environment) : ICommand
{
    public string Name => "run";

    public string Summary => "ask two models and compare them";

    public string Usage => $"""
        FineTuneGate run --endpoint URL --baseline MODEL --candidate MODEL [options]
        {ModelConnection.Usage}
        {PriceOptions.Usage}
        {RunSettings.Usage}
        {JudgeSettings.Usage}
        {ToxicitySettings.Usage}
          --allow-same-target   the two models may be the same (an A/A run, which measures the noise)
        """;

    public async Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var endpoint = arguments.Option("endpoint");
        var provider = arguments.Option("provider");
        var price = PriceOptions.Read(arguments);
        var before = ModelConnection.Read(arguments, Arm.Baseline, endpoint, provider, price);
        var after = ModelConnection.Read(arguments, Arm.Candidate, endpoint, provider, price);
        using var judges = JudgeSettings.Read(arguments, endpoint, provider, environment);
        var settings = RunSettings.Read(arguments, classifier: name => judges.Create(name, TextClassifiers.Default, [before.Model, after.Model], terminal), environment: environment);
        using var toxicity = ToxicitySettings.Read(arguments, endpoint, environment);
        settings.Options.Toxicity = toxicity.Scorer;
        settings.Options.Run.AllowSameTarget = arguments.Flag("allow-same-target");
        using var attacks = AttackSettings.Read(arguments, settings.Attackers, endpoint, provider, connection => connection.Connect(environment));
        arguments.Done();

        var baseline = before.Connect(environment);
        var candidate = after.Connect(environment);
        using (baseline.Client)
        using (candidate.Client)
        {
            settings.Options.Attacks = attacks.Create(baseline, candidate, settings.Suite, settings.Options.Run);
            try
            {
                return await ComparisonRun.RunAsync(settings, baseline, candidate, terminal, cancellationToken);
            }
            catch (ArgumentException e) when (e.ParamName is "candidate")
            {
                throw new UsageException(e.Message);
            }
        }
    }
}
