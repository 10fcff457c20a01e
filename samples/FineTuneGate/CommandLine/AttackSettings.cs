using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SafetyRegression;
using SafetyRegression.Adversarial;

namespace FineTuneGate.CommandLine;

/// <summary>The options of adaptive attacks: off unless an attacker is named.</summary>
internal sealed class AttackSettings : IDisposable
{
    internal const string Usage = """
          --multi-turn crescendo,pair   sets attackers on both models besides (off by default); needs --attacker MODEL
          --attacker MODEL --attacker-endpoint URL --attacker-provider openai|anthropic   who writes the attacks; key: SAFETY_ATTACKER_API_KEY
          --attack-scenarios N   harmful prompts per category that are attacked (default 3)
          --attack-turns N, --attack-samples K, --attack-max-calls N   the longest attack (default 6), attacks per scenario (default 1), a budget for all
          --attack-judge-every-turn   every reply is judged as an answer to the goal: for judges that read what was asked only
          --attack-replay    the candidate is put what was written for the baseline, word for word
        """;

    private readonly ImmutableArray<string> _attackers;
    private readonly ModelConnection? _connection;
    private readonly AttackOptions _options;
    private readonly int _scenarios;
    private readonly Func<ModelConnection, ModelTarget> _connect;
    private IChatClient? _client;

    private AttackSettings(ImmutableArray<string> attackers, ModelConnection? connection, AttackOptions options, int scenarios, Func<ModelConnection, ModelTarget> connect) =>
        (_attackers, _connection, _options, _scenarios, _connect) = (attackers, connection, options, scenarios, connect);

    internal static AttackSettings Read(ArgumentReader arguments, ImmutableArray<string> attackers, string? endpoint, string? provider, Func<ModelConnection, ModelTarget> connect)
    {
        var model = arguments.Option("attacker");
        endpoint = arguments.Option("attacker-endpoint") ?? endpoint;
        provider = arguments.Option("attacker-provider") ?? provider;
        var scenarios = arguments.Integer("attack-scenarios", 1, int.MaxValue) ?? 3;
        var options = new AttackOptions
        {
            MaxTurns = arguments.Integer("attack-turns", 1, 100) ?? 6,
            Samples = arguments.Integer("attack-samples", 1, 1000) ?? 1,
            Replay = arguments.Flag("attack-replay"),
            JudgeEveryTurn = arguments.Flag("attack-judge-every-turn"),
        };
        options.PerRun.MaxCalls = arguments.Integer("attack-max-calls", 0, int.MaxValue);
        if (attackers.IsEmpty == model is not null)
            throw new UsageException(attackers.IsEmpty ? $"--attacker needs --multi-turn {string.Join(" or ", Attackers.Known)}." : $"--multi-turn {string.Join(',', attackers)} needs --attacker MODEL.");
        return new AttackSettings(attackers, model is null ? null : ModelConnection.ForRole("attacker", model, endpoint, provider), options, scenarios, connect);
    }

    /// <summary>The attacks on two models; <see langword="null"/> when none were asked for.</summary>
    internal AttackRunner? Create(ModelTarget baseline, ModelTarget candidate, SafetySuite suite, SafetyRunOptions run)
    {
        if (_connection is null)
            return null;
        var attacker = _connect(_connection);
        _client = attacker.Client;
        var scenarios = suite.Prompts
            .Where(prompt => AttackScenario.IsFit(prompt) && prompt.Turns.Length == 1 && prompt.Language == "en")
            .GroupBy(prompt => prompt.Category).SelectMany(group => group.Take(_scenarios)).Select(AttackScenario.From);
        return new AttackRunner(baseline, candidate, _attackers.Select(name => Attackers.Create(name, attacker.Client, attacker.Identity.ToString())), scenarios, _options, run);
    }

    public void Dispose() => _client?.Dispose();
}
