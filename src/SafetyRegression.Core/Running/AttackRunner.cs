using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using SafetyRegression.Adversarial;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>
/// Sets attackers on both models: the same scenarios, the same number of messages, the same budget. What attackers write differs from arm to arm, so the
/// results are paired by scenario and never enter the paired refusal test. Off unless a host makes one.
/// </summary>
public sealed class AttackRunner
{
    private readonly ModelTarget _baseline;
    private readonly ModelTarget _candidate;
    private readonly ImmutableArray<IAttacker> _attackers;
    private readonly ImmutableArray<AttackScenario> _scenarios;
    private readonly AttackOptions _options;
    private readonly SafetyRunOptions _run;
    private readonly TimeProvider _time;

    /// <summary>Creates a runner.</summary>
    /// <param name="baseline">The reference model.</param>
    /// <param name="candidate">The model under test.</param>
    /// <param name="attackers">Who attacks; each makes its own finding.</param>
    /// <param name="scenarios">What the attacks are after, with unique ids.</param>
    /// <param name="options">How to attack; <see langword="null"/> for the defaults.</param>
    /// <param name="run">How targets are asked: temperature, length, retries; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <exception cref="ArgumentException">No attacker or no scenario, or a name or id twice.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public AttackRunner(
        ModelTarget baseline, ModelTarget candidate, IEnumerable<IAttacker> attackers, IEnumerable<AttackScenario> scenarios, AttackOptions? options = null, SafetyRunOptions? run = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(attackers);
        ArgumentNullException.ThrowIfNull(scenarios);
        (_baseline, _candidate, _attackers, _scenarios) = (baseline, candidate, [.. attackers], [.. scenarios]);
        (_options, _run, _time) = (options ?? new AttackOptions(), run ?? new SafetyRunOptions(), timeProvider ?? TimeProvider.System);
        if (new AttackOptionsValidator().Validate(name: null, _options) is { Failed: true } invalid)
            throw new OptionsValidationException(nameof(AttackOptions), typeof(AttackOptions), invalid.Failures);
        if (_attackers.IsEmpty || _attackers.Select(attacker => attacker.Name).Distinct(StringComparer.Ordinal).Count() < _attackers.Length)
            throw new ArgumentException("At least one attacker is needed, each name once.", nameof(attackers));
        if (_scenarios.IsEmpty || _scenarios.Select(scenario => scenario.Id).Distinct(StringComparer.OrdinalIgnoreCase).Count() < _scenarios.Length)
            throw new ArgumentException("At least one scenario is needed, each id once.", nameof(scenarios));
        if (_scenarios.Any(scenario => scenario.Category == HarmCategory.SexualMinors))
            throw new ArgumentException($"No attack is made in {HarmCategory.SexualMinors}: it is asked directly and in no other form.", nameof(scenarios));
    }

    /// <summary>The most calls to the two targets and the attackers; judges come on top.</summary>
    public int MostCalls => _attackers.Length * _scenarios.Length * _options.Samples * _options.MaxTurns * (_options.Replay ? 3 : 4);

    /// <summary>Attacks both models. A call that was cancelled or killed, or whose budget was spent, is finished by the same call on the same folder.</summary>
    /// <param name="folder">A private folder for what is said; <see langword="null"/> keeps it in memory.</param>
    /// <param name="classifier">Decides what each reply is.</param>
    /// <param name="cancellationToken">Stops the attacks; what was said stays recorded.</param>
    /// <returns>A comparison for each attacker.</returns>
    /// <exception cref="RunLogException">The folder holds other attacks, or cannot be read.</exception>
    public async Task<ImmutableArray<AttackComparison>> RunAsync(string? folder, IResponseClassifier classifier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var log = AttackLog.Open(folder, PlanHash(classifier));
        await using (log.ConfigureAwait(false))
        {
            var meter = new AttackMeter(_options.PerRun, _time);
            var comparisons = ImmutableArray.CreateBuilder<AttackComparison>();
            foreach (var attacker in _attackers)
                comparisons.Add(await CompareAsync(attacker, classifier, log, meter, cancellationToken).ConfigureAwait(false));
            return comparisons.ToImmutable();
        }
    }

    private async Task<AttackComparison> CompareAsync(IAttacker attacker, IResponseClassifier classifier, AttackLog log, AttackMeter meter, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<AttackResult>();
        var complete = true;
        var generation = new GenerationOptions(_run);
        var (before, after) = (Pipeline(_baseline), Pipeline(_candidate));
        var work = _scenarios.SelectMany(scenario => Enumerable.Range(0, _options.Samples).Select(sample => (scenario, sample)));
        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = _options.Concurrency, CancellationToken = cancellationToken }, async (item, token) =>
        {
            // Both sides of a pair one after the other: close in time, and a replay needs the baseline's messages.
            var (scenario, sample) = item;
            if (await AttackAsync(Arm.Baseline, attacker, before).ConfigureAwait(false) is not { } first)
            {
                Volatile.Write(ref complete, false);
                return;
            }

            results.Add(first);
            var other = _options.Replay ? Replay(attacker, log, scenario, sample) : attacker;
            if (await AttackAsync(Arm.Candidate, other, after).ConfigureAwait(false) is { } second)
                results.Add(second);
            else
                Volatile.Write(ref complete, false);

            Task<AttackResult?> AttackAsync(Arm arm, IAttacker by, CallPipeline pipeline) =>
                new Attack(scenario, new AttackKey(by.Name, scenario.Id, sample, arm), by, pipeline, generation, classifier, _options, log, meter, _time).RunAsync(token);
        }).ConfigureAwait(false);
        return new AttackComparison
        {
            Attacker = attacker.Name,
            AttackerModel = attacker.Model,
            IsReplay = _options.Replay,
            Classifier = classifier.Identity,
            Results = [.. results.OrderBy(result => result.ScenarioId, StringComparer.Ordinal).ThenBy(result => result.Sample).ThenBy(result => result.Arm)],
            IsComplete = complete,
        };
    }

    private static ReplayAttacker Replay(IAttacker attacker, AttackLog log, AttackScenario scenario, int sample) =>
        new(attacker, [.. log.StepsOf(new AttackKey(attacker.Name, scenario.Id, sample, Arm.Baseline)).Select(step => step.Exchange?.Move).OfType<AttackMove>()]);

    private CallPipeline Pipeline(ModelTarget target) =>
        new(target, _run, new AdaptiveLimit(_options.Concurrency, isFixed: true, _time), new BudgetMeter(new RunBudget(), _time), _time);

    /// <summary>Everything that decides what is said and what it counts as.</summary>
    private string PlanHash(IResponseClassifier classifier)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant($"{text.Length}:{text}\n")));
        Add("attacks/1");
        Add(_baseline.Identity.Fingerprint);
        Add(_candidate.Identity.Fingerprint);
        Add(classifier.Identity.Fingerprint);
        Add(FormattableString.Invariant($"{_options.MaxTurns}/{_options.MaxBacktracks}/{_options.Samples}/{_options.Replay}/{_options.JudgeEveryTurn}/{_options.Outcomes.Partial}"));
        foreach (var (name, value) in new GenerationOptions(_run).Describe())
            Add($"{name}={value}");
        foreach (var attacker in _attackers)
            Add($"{attacker.Name}/{attacker.Model}");
        foreach (var scenario in _scenarios)
            Add($"{scenario.Id}/{scenario.SeedId}/{scenario.Category}/{scenario.Language}/{scenario.Goal}");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
