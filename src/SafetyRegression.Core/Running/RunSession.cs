using System.Collections;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using SafetyRegression.Diagnostics;

namespace SafetyRegression.Running;

/// <summary>
/// One call of the runner: as many workers as calls may be in flight, each of which asks, waits until the answer is on the disk, and takes the next call from
/// the <see cref="CallScheduler"/>. A call keeps its place until its answer is on the disk.
/// </summary>
internal sealed class RunSession : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly RunPlan _plan;
    private readonly RunLog _log;
    private readonly SafetyRunOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<ModelAnswer, CancellationToken, ValueTask>? _each;
    private readonly CancellationTokenSource _dispatch;
    private readonly CancellationTokenSource _calls;
    private readonly CallScheduler _scheduler;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RunTally _tally;
    private readonly List<ArmLane> _lanes;
    private readonly int[] _order;
    private readonly int _places;
    private readonly StoppingMonitor? _monitor;
    private ExceptionDispatchInfo? _fatal;
    private int _end;

    internal RunSession(
        RunPlan plan, RunLog log, IReadOnlyList<(Arm Arm, ModelTarget Target)> targets, SafetyRunOptions options, IProgress<RunProgress>? progress,
        Func<ModelAnswer, CancellationToken, ValueTask>? each, RunProgress? before, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        (_plan, _log, _options, _time, _logger, _each) = (plan, log, options, time, logger, each);
        _calls = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _dispatch = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _order = [.. Enumerable.Range(0, plan.Items.Length).OrderBy(i => Scatter(plan.Items[i].Id)).ThenBy(i => plan.Items[i].Id, StringComparer.Ordinal)];
        _monitor = targets.Count == 2 && before is null && options.StoppingRule is { } rule ? new StoppingMonitor(rule(), ItemAt) : null;
        var budget = new BudgetMeter(options.Budget, time, before);
        if (budget.Left is { } left)
            _dispatch.CancelAfter(left);
        var share = options.FixedConcurrency ? Math.Max(1, options.MaxConcurrency / targets.Count) : options.MaxConcurrency;
        var generation = new GenerationOptions(options);
        _lanes =
        [
            .. targets.Select(target =>
            {
                var limit = new AdaptiveLimit(share, options.FixedConcurrency, time);
                var cache = options.ResponseCache is { } shared ? new CachedReplies(shared, target.Target.Identity, log.Manifest.Generation) : null;
                return new ArmLane(target.Arm, limit, new Conversation(new CallPipeline(target.Target, options, limit, budget, time), generation, cache, log, time));
            }),
        ];
        _places = plan.Items.Length * options.SamplesPerPrompt;
        Planned = _places * targets.Count;
        var done = _lanes.ConvertAll(lane => DoneBy(lane.Arm));
        Resumed = done.Sum(arm => arm?.Cast<bool>().Count(isDone => isDone) ?? 0);
        _scheduler = new CallScheduler(_places, options.MaxConcurrency, Math.Max(32, options.MaxConcurrency), _lanes.Zip(done, static (lane, places) => (lane.Limit, places)));
        if (_monitor is not null)
            _scheduler.EndAt(Unseen);
        log.Reserve(Planned);
        _tally = new RunTally(Planned, Resumed, budget, options, progress, time);
    }

    private sealed record ArmLane(Arm Arm, AdaptiveLimit Limit, Conversation Conversation);

    /// <summary>
    /// How many places may be asked beyond the first that the stopping rule has not seen: the rule sees them in order, and one slow call must not let the run
    /// race ahead of what could have stopped it.
    /// </summary>
    private int Unseen => Math.Max(64, 4 * _options.MaxConcurrency);

    internal int Planned { get; }

    internal int Resumed { get; }

    internal RunProgress Progress => _tally.Now();

    internal EarlyStop? Stopped => _monitor?.Stop;

    internal async Task<RunEnd> RunAsync(CancellationToken cancellationToken)
    {
        await ReplayAsync().ConfigureAwait(false);
        using (_log.Gather(() => _scheduler.InFlight))
        {
            StartWorkers();
            if (_scheduler.InFlight == 0)
                _ended.TrySetResult();
            await _ended.Task.ConfigureAwait(false);
        }

        _fatal?.Throw();
        cancellationToken.ThrowIfCancellationRequested();
        if (_end != 0)
            return (RunEnd)_end;
        return _tally.Now().Done == Planned ? RunEnd.Completed : RunEnd.TimeBudget;
    }

    public void Dispose()
    {
        _dispatch.Dispose();
        _calls.Dispose();
        _monitor?.Dispose();
    }

    /// <summary>The places of an arm that need no call; <see langword="null"/> when the log is empty.</summary>
    private BitArray? DoneBy(Arm arm)
    {
        if (_log.Count == 0)
            return null;
        var done = new BitArray(_places);
        for (var place = 0; place < _places; place++)
            done[place] = IsDone(_log, _options, KeyAt(arm, place));
        return done;
    }

    /// <summary>Puts the recorded pairs before the stopping rule, so that a resumed run knows what it knew.</summary>
    private async Task ReplayAsync()
    {
        if (_monitor is null || Resumed == 0)
            return;
        try
        {
            for (var place = 0; place < _places && !_dispatch.IsCancellationRequested; place++)
            {
                foreach (var key in _lanes.Select(lane => KeyAt(lane.Arm, place)))
                {
                    if (IsDone(_log, _options, key) && _log.Find(key) is { } known)
                        await ObserveAsync(place, known).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (_calls.IsCancellationRequested)
        {
            // The caller is told below.
        }
        catch (Exception e)
        {
            Stop(e);
        }
    }

    /// <summary>Starts a worker for every call that may start now.</summary>
    private void StartWorkers()
    {
        while (!_dispatch.IsCancellationRequested && _scheduler.TryTake(out var turn))
        {
            var first = turn;
            _ = Task.Run(() => WorkAsync(first), CancellationToken.None);
        }
    }

    private async Task WorkAsync(CallScheduler.Turn turn)
    {
        while (true)
        {
            await AskAsync(_lanes[turn.Lane], turn.Place).ConfigureAwait(false);
            if (!_scheduler.TryExchange(turn, !_dispatch.IsCancellationRequested, out turn))
                break;

            // The limit may have grown.
            StartWorkers();
        }

        if (_scheduler.InFlight == 0)
            _ended.TrySetResult();
    }

    private async Task AskAsync(ArmLane lane, int place)
    {
        _tally.Started();
        try
        {
            var key = KeyAt(lane.Arm, place);
            using var activity = SafetyRegressionTelemetry.Activities.StartActivity("safety_regression.item");
            activity?.SetTag("side", RunLogs.RecordHead.NameOf(lane.Arm));
            var answer = await lane.Conversation.AskAsync(ItemAt(place), key, _calls.Token).ConfigureAwait(false);
            if (answer.Failure?.Kind == CallFailureKind.Authentication)
            {
                // Not recorded: the answer was never asked for, and is when the key is mended.
                Stop(new CallFailedException(answer.Failure, message: $"The provider of the {RunLogs.RecordHead.NameOf(lane.Arm)} refused the key ({answer.Failure}). Nothing more was asked; mend the key and start the same run again."));
                return;
            }

            await _log.AppendAsync(answer).ConfigureAwait(false);
            SafetyRegressionTelemetry.Record(answer);
            activity?.SetTag("outcome", RunLogs.RecordHead.NameOf(answer.Status));
            var failed = answer.Status == AnswerStatus.Failed && answer.Failure?.Kind != CallFailureKind.ContentFiltered;
            if (failed)
                _logger.ItemFailed(RunLogs.RecordHead.NameOf(lane.Arm), key.ItemId, key.Sample, answer.Attempts, answer.Failure!.ToString());
            _tally.Answered(failed, fromCache: answer is { Status: AnswerStatus.Answered, Attempts: 0 });
            if (_each is not null)
                await _each(answer, _calls.Token).ConfigureAwait(false);
            await ObserveAsync(place, answer).ConfigureAwait(false);
        }
        catch (CallFailedException e) when (e.Budget is { } end)
        {
            Interlocked.CompareExchange(ref _end, (int)end, 0);
            await _dispatch.CancelAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_calls.IsCancellationRequested)
        {
            // Not recorded: asked again when the run is resumed.
        }
        catch (Exception e)
        {
            Stop(e);
        }
        finally
        {
            _tally.Ended();
        }
    }

    /// <summary>Puts an answer before the stopping rule; nothing more is started when it knows enough.</summary>
    private async ValueTask ObserveAsync(int place, ModelAnswer answer)
    {
        if (_monitor is null)
            return;
        var stops = await _monitor.OfferAsync(place, answer, _calls.Token).ConfigureAwait(false);
        _scheduler.ExtendTo(_monitor.Next + Unseen);
        if (!stops)
            return;
        Interlocked.CompareExchange(ref _end, (int)RunEnd.StoppedEarly, 0);
        await _dispatch.CancelAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the run with an error. Calls in flight get a moment to bring in what was paid for.</summary>
    private void Stop(Exception error)
    {
        if (Interlocked.CompareExchange(ref _fatal, ExceptionDispatchInfo.Capture(error), null) is null)
        {
            _calls.CancelAfter(Grace);
            _dispatch.Cancel();
        }
    }

    private RunItem ItemAt(int place) => _plan.Items[_order[place % _order.Length]];

    private AnswerKey KeyAt(Arm arm, int place) => new(ItemAt(place).Id, place / _order.Length, arm);

    /// <summary>An answer is done when it is an answer, when a filter refused the request, or when failures are to stay.</summary>
    internal static bool IsDone(RunLog log, SafetyRunOptions options, AnswerKey key) => log.StatusOf(key) switch
    {
        AnswerStatus.Answered => true,
        AnswerStatus.Failed => !options.RetryFailed || log.FailureOf(key) == CallFailureKind.ContentFiltered,
        _ => false,
    };

    /// <summary>Spreads categories over the run, so that drift and a spent budget hit all alike; the same for both arms and every call.</summary>
    private static uint Scatter(string id) => RunLogs.Crc32C.Of(System.Text.Encoding.UTF8.GetBytes(id));
}
