using System.Collections.Immutable;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// Watches lineages: compares each finished run with the pinned baseline and the iteration before, adds it to the history, tells whoever must know, and
/// leaves what could be pinned. Pins nothing by itself.
/// </summary>
public sealed class SafetyMonitor
{
    private readonly MonitoringFolders _folders;
    private readonly MonitoringOptions _options;
    private readonly AlertDispatcher? _alerts;
    private readonly LineageBoard? _board;
    private readonly TimeProvider _time;

    /// <summary>Creates a monitor.</summary>
    /// <param name="folders">Where lineages are kept; <see langword="null"/> for the defaults.</param>
    /// <param name="options">How they are watched; <see langword="null"/> for the defaults.</param>
    /// <param name="alerts">Who is told; <see langword="null"/> for nobody.</param>
    /// <param name="board">Where the health check looks; <see langword="null"/> for nowhere.</param>
    /// <param name="timeProvider">The clock, for runs that do not say when they ended; <see langword="null"/> for the system's.</param>
    public SafetyMonitor(
        MonitoringFolders? folders = null, MonitoringOptions? options = null, AlertDispatcher? alerts = null, LineageBoard? board = null, TimeProvider? timeProvider = null)
    {
        (_folders, _options) = (folders ?? new MonitoringFolders(), options ?? new MonitoringOptions());
        (_alerts, _board, _time) = (alerts, board, timeProvider ?? TimeProvider.System);
    }

    /// <summary>
    /// Observes a finished run. When the call is cut off after the run is in the history, the same call goes on: the iteration is not counted twice, and an
    /// alert that was delivered is not sent again. Several processes may end runs of one lineage at the same time: each waits for its turn.
    /// </summary>
    /// <param name="iteration">The run.</param>
    /// <param name="outbox">The run's log, open for writing: keeps alerts until they are delivered. <see langword="null"/> when they need not survive a kill.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ArgumentException">The iteration's report is not that of its evidence; nothing was added to the history.</exception>
    /// <exception cref="InvalidInputException">The pinned baseline or the history cannot be used.</exception>
    /// <exception cref="IOException">Other processes wrote the history at every one of many tries; nothing was added to it.</exception>
    public async Task<MonitoredRun> ObserveAsync(MonitoredIteration iteration, RunLog? outbox = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(iteration);
        var store = new BaselineStore(_folders.Baselines, _time);
        var pin = _folders.PinFile is { } file ? Approved(file) : store.Find(iteration.Lineage);
        var policy = iteration.Policy ?? iteration.Report?.Policy ?? SafetyPolicy.Standard;
        LineageAssessment assessment = null!;
        Evidence? evidence = null;
        var history = await SharedHistory.AddAsync(
            LineageHistory.PathOf(_folders.History, iteration.Lineage),
            read =>
            {
                var asOf = iteration.Report?.AsOf ?? iteration.Run.CompletedAt ?? _time.GetUtcNow();
                var isAgain = read.Entries is [.., { } last] && last.At == asOf && StringComparer.Ordinal.Equals(last.Run.Digest, StoredRun.Of(iteration.Suite, iteration.Run, iteration.Capability).Digest);
                assessment = Assess(iteration, policy, pin, isAgain ? read.Entries[..^1] : read.Entries, asOf, cancellationToken);
                evidence = Sealed(iteration, assessment);
                return isAgain || read.TryAppend(assessment.Entry);
            },
            _time,
            cancellationToken).ConfigureAwait(false);
        var report = assessment.Purpose == LineagePurpose.Watch ? assessment.Report : evidence?.Report ?? assessment.Report;
        var proposal = PinnedBaseline.Propose(iteration.Lineage, iteration.Suite, iteration.Run, policy, report, iteration.Canary, iteration.Capability);
        var received = StringComparer.Ordinal.Equals(proposal.Digest, pin?.Digest) ? null : store.Receive(proposal);
        var alert = AlertPlan.Of(assessment, report, evidence?.Seal.Head, iteration.ReportAddress);
        var receipts = await TellAsync(alert, history, outbox, cancellationToken).ConfigureAwait(false);
        _board?.Set(new LineageStatus
        {
            Lineage = iteration.Lineage,
            Recommendation = assessment.Entry.Recommendation,
            At = assessment.Entry.At,
            ValidUntil = assessment.Entry.ValidUntil,
            IsAlertOwed = MonitoredRun.IsOwed(receipts),
        });
        return new MonitoredRun { Assessment = assessment, Report = report, Evidence = evidence, ReceivedPath = received, Alerts = receipts };
    }

    /// <summary>Tells that a check could not be made, so that silence is not taken for safety. The next run that ends resolves it.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="suite">What should have been asked.</param>
    /// <param name="candidate">The model's name.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>What became of the alerts.</returns>
    public async Task<ImmutableArray<AlertReceipt>> ReportIncompleteAsync(string lineage, SafetySuite suite, string candidate, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lineage);
        ArgumentNullException.ThrowIfNull(suite);
        var history = LineageHistory.Open(LineageHistory.PathOf(_folders.History, lineage));
        var alert = new SafetyAlert
        {
            Lineage = AlertName.Of(lineage),
            Suite = AlertName.Of(suite.Name),
            Candidate = AlertName.Of(candidate),
            Kind = AlertKind.Incomplete,
            Severity = AlertSeverity.Error,
            At = _time.GetUtcNow(),
        };
        var receipts = await TellAsync(alert, history, outbox: null, cancellationToken).ConfigureAwait(false);
        _board?.SetIncomplete(lineage, MonitoredRun.IsOwed(receipts));
        return receipts;
    }

    private LineageAssessment Assess(
        MonitoredIteration iteration, SafetyPolicy policy, PinnedBaseline? pin, ImmutableArray<HistoryEntry> earlier, DateTimeOffset asOf, CancellationToken cancellationToken) => LineageAssessor.Assess(
            new LineageInput
            {
                Lineage = iteration.Lineage,
                Purpose = iteration.Purpose,
                Suite = iteration.Suite,
                Run = iteration.Run,
                Capability = iteration.Capability,
                Report = iteration.Report,
                Policy = policy,
                Pin = pin,
                History = earlier,
                Canary = iteration.Canary,
                Label = iteration.Label,
                AsOf = asOf,
                Options = _options,
            },
            cancellationToken);

    /// <summary>Before anybody is told: what the alert carries must be the head of the bundle that will be written.</summary>
    private static Evidence? Sealed(MonitoredIteration iteration, LineageAssessment assessment) =>
        iteration.Evidence is { } evidence && assessment is { Purpose: LineagePurpose.Clear, Report: { } report } ? evidence.With(report) : iteration.Evidence;

    private async Task<ImmutableArray<AlertReceipt>> TellAsync(SafetyAlert alert, LineageHistory history, RunLog? outbox, CancellationToken cancellationToken)
    {
        if (_alerts is null)
            return [];
        var receipts = await _alerts.SendAsync(AlertPlan.Of(_alerts.Routes, alert, history.Alerts), outbox, cancellationToken).ConfigureAwait(false);
        // What was not delivered leaves no trace here, so the next iteration tries again if it still holds.
        foreach (var receipt in receipts.Where(receipt => receipt.Delivered))
        {
            var state = new AlertState(receipt.Route, receipt.Severity, alert.At);
            await SharedHistory.AddAsync(history.Path, read => read.TryAppend(state), _time, cancellationToken).ConfigureAwait(false);
        }

        return receipts;
    }

    private static PinnedBaseline Approved(string file)
    {
        var pin = PinnedBaselineJson.Load(file);
        return pin.Approval is not null
            ? pin
            : throw new InvalidInputException(new InputProblem(Path.GetFileName(file), 0, "approval", "expected who accepted the baseline and why; accept a received file first"));
    }
}
