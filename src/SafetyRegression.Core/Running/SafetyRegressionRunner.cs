using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SafetyRegression.Diagnostics;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>
/// Asks two models the same things, close in time and under the same options, and records every answer durably. Usable without a container. With only one
/// target the other arm's answers come from elsewhere (a stored baseline).
/// </summary>
public sealed class SafetyRegressionRunner : ISafetyRegressionRunner
{
    private const int StreamAhead = 256;

    private readonly List<(Arm Arm, ModelTarget Target)> _targets = [];
    private readonly SafetyRunOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a runner.</summary>
    /// <param name="baseline">The reference model; <see langword="null"/> when its answers are stored already.</param>
    /// <param name="candidate">The model under test; <see langword="null"/> to ask the baseline only.</param>
    /// <param name="options">How to ask; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Receives ids and numbers, never texts.</param>
    /// <exception cref="ArgumentException">No target; a budget of money and a target without a price; or both arms are the same client or the same target, and <see cref="SafetyRunOptions.AllowSameTarget"/>
    /// is not set.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public SafetyRegressionRunner(
        ModelTarget? baseline, ModelTarget? candidate, SafetyRunOptions? options = null, TimeProvider? timeProvider = null, ILogger<SafetyRegressionRunner>? logger = null)
    {
        _options = options ?? new SafetyRunOptions();
        if (new SafetyRunOptionsValidator().Validate(name: null, _options) is { Failed: true } invalid)
            throw new OptionsValidationException(nameof(SafetyRunOptions), typeof(SafetyRunOptions), invalid.Failures);
        (_time, _logger) = (timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
        if (baseline is not null)
            _targets.Add((Arm.Baseline, baseline));
        if (candidate is not null)
            _targets.Add((Arm.Candidate, candidate));
        if (_targets.Count == 0)
            throw new ArgumentException("At least one target is needed.", nameof(baseline));
        if (_options.Budget.MaxCost is not null && _targets.Exists(arm => arm.Target.Price is null))
            throw new ArgumentException($"{nameof(RunBudget)}.{nameof(RunBudget.MaxCost)} needs the {nameof(ModelTarget.Price)} of every target: without it nothing would be counted against the budget.", nameof(options));
        if (baseline is not null && candidate is not null && !_options.AllowSameTarget)
            RefuseSame(baseline, candidate);
        (Baseline, Candidate) = (baseline, candidate);
    }

    /// <summary>The reference model, if this runner asks it.</summary>
    public ModelTarget? Baseline { get; }

    /// <summary>The model under test, if this runner asks it.</summary>
    public ModelTarget? Candidate { get; }

    /// <inheritdoc/>
    public RunManifest ManifestOf(RunPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new RunManifest
        {
            SuiteName = plan.Name,
            SuiteVersion = plan.Version,
            SuiteFingerprint = plan.Fingerprint,
            Items = plan.TotalItems,
            Samples = _options.SamplesPerPrompt,
            Baseline = Baseline?.Identity,
            Candidate = Candidate?.Identity,
            Generation = new GenerationOptions(_options).Describe(),
            Pairing = _targets.Count == 2 ? PairingMode.Interleaved : PairingMode.StoredBaseline,
            Shard = plan.Shard,
        };
    }

    /// <inheritdoc/>
    public RunEstimate Estimate(RunPlan plan, RunLog? log = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return RunEstimator.Estimate(plan, [.. _targets.Select(target => (target.Arm, target.Target.Price))], _options, key => log is not null && RunSession.IsDone(log, _options, key));
    }

    /// <inheritdoc/>
    public Task<RunSummary> RunAsync(RunPlan plan, RunLog log, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default) =>
        RunAsync(plan, log, progress, each: null, before: null, cancellationToken);

    /// <summary>As <see cref="RunAsync(RunPlan, RunLog, IProgress{RunProgress}?, CancellationToken)"/>, on what an earlier run left of the budget and without a stopping rule.</summary>
    internal Task<RunSummary> ContinueAsync(RunPlan plan, RunLog log, RunProgress before, IProgress<RunProgress>? progress, CancellationToken cancellationToken) =>
        RunAsync(plan, log, progress, each: null, before, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<ModelAnswer> StreamAsync(
        RunPlan plan, RunLog log, IProgress<RunProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var answers = Channel.CreateBounded<ModelAnswer>(new BoundedChannelOptions(StreamAhead) { SingleReader = true });
        using var left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var run = ProduceAsync();
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return answer;
            await run.ConfigureAwait(false);
        }
        finally
        {
            // A consumer that leaves the loop stops the run; what was answered is recorded.
            await left.CancelAsync().ConfigureAwait(false);
            await ((Task)run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task ProduceAsync()
        {
            try
            {
                await RunAsync(plan, log, progress, answers.Writer.WriteAsync, before: null, left.Token).ConfigureAwait(false);
            }
            finally
            {
                answers.Writer.Complete();
            }
        }
    }

    private async Task<RunSummary> RunAsync(
        RunPlan plan, RunLog log, IProgress<RunProgress>? progress, Func<ModelAnswer, CancellationToken, ValueTask>? each, RunProgress? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(log);
        var differences = log.Manifest.DifferencesFrom(ManifestOf(plan));
        if (!differences.IsEmpty || log.Manifest.Shard != plan.Shard)
            throw new RunLogException(RunLogProblem.Mismatch, log.Folder, $"the log was opened for another run. {string.Join("; ", differences)}") { Differences = differences };
        var started = _time.GetUtcNow();
        using var activity = SafetyRegressionTelemetry.Activities.StartActivity("safety_regression.run");
        using var session = new RunSession(plan, log, _targets, _options, progress, each, before, _time, _logger, cancellationToken);
        if (session.Resumed > 0)
            _logger.RunResumed(plan.Name, session.Resumed, session.Planned);
        else
            _logger.RunStarted(plan.Name, session.Planned);
        var end = await session.RunAsync(cancellationToken).ConfigureAwait(false);
        await log.AppendEndAsync(new RunLogs.EndRecord(end.ToString(), session.Stopped)).ConfigureAwait(false);
        activity?.SetTag("safety_regression.end", end.ToString());
        var last = session.Progress;
        progress?.Report(last);
        return new RunSummary { End = end, Stopped = session.Stopped, Progress = last, StartedAt = started, EndedAt = _time.GetUtcNow() };
    }

    private static void RefuseSame(ModelTarget baseline, ModelTarget candidate)
    {
        if (ReferenceEquals(baseline.Client, candidate.Client))
            throw new ArgumentException($"Baseline and candidate are the same client. Give two clients, or set {nameof(SafetyRunOptions.AllowSameTarget)} to measure the noise of one model.", nameof(candidate));
        if (StringComparer.Ordinal.Equals(baseline.Identity.Fingerprint, candidate.Identity.Fingerprint))
        {
            throw new ArgumentException(
                $"Baseline and candidate are the same target: {baseline.Identity}. Give another model, revision or id, or set {nameof(SafetyRunOptions.AllowSameTarget)} to measure the noise of one model.", nameof(candidate));
        }
    }
}
