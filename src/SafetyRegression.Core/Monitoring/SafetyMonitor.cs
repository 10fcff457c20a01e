using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// Watches lineages: compares each finished run with the pinned baseline and the iteration before, adds it to the history, and leaves what could be pinned.
/// Pins nothing by itself.
/// </summary>
public sealed class SafetyMonitor
{
    private readonly MonitoringFolders _folders;
    private readonly MonitoringOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a monitor.</summary>
    /// <param name="folders">Where lineages are kept; <see langword="null"/> for the defaults.</param>
    /// <param name="options">How they are watched; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock, for runs that do not say when they ended; <see langword="null"/> for the system's.</param>
    public SafetyMonitor(MonitoringFolders? folders = null, MonitoringOptions? options = null, TimeProvider? timeProvider = null) =>
        (_folders, _options, _time) = (folders ?? new MonitoringFolders(), options ?? new MonitoringOptions(), timeProvider ?? TimeProvider.System);

    /// <summary>Observes a finished run.</summary>
    /// <param name="iteration">The run.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="InvalidInputException">The pinned baseline or the history cannot be used.</exception>
    /// <exception cref="IOException">The history is written by another process at this moment.</exception>
    public MonitoredRun Observe(MonitoredIteration iteration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(iteration);
        var store = new BaselineStore(_folders.Baselines, _time);
        var pin = _folders.PinFile is { } file ? Approved(file) : store.Find(iteration.Lineage);
        var history = LineageHistory.Open(LineageHistory.PathOf(_folders.History, iteration.Lineage));
        var asOf = iteration.Report?.AsOf ?? iteration.Run.CompletedAt ?? _time.GetUtcNow();
        var earlier = history.Entries;
        // A run that is analysed again is the same iteration, not a new one.
        var isAgain = earlier is [.., { } last] && last.At == asOf && StringComparer.Ordinal.Equals(last.Run.Digest, StoredRun.Of(iteration.Suite, iteration.Run).Digest);
        var policy = iteration.Policy ?? iteration.Report?.Policy ?? SafetyPolicy.Standard;
        var assessment = LineageAssessor.Assess(
            new LineageInput
            {
                Lineage = iteration.Lineage,
                Suite = iteration.Suite,
                Run = iteration.Run,
                Report = iteration.Report,
                Policy = policy,
                Pin = pin,
                History = isAgain ? earlier[..^1] : earlier,
                Canary = iteration.Canary,
                Label = iteration.Label,
                AsOf = asOf,
                Options = _options,
            },
            cancellationToken);
        if (!isAgain)
            history.Append(assessment.Entry);
        var report = iteration.Report ?? assessment.AgainstPin?.Report;
        report = report is null ? null : assessment.ApplyTo(report);
        var proposal = PinnedBaseline.Propose(iteration.Lineage, iteration.Suite, iteration.Run, policy, report, iteration.Canary);
        return new MonitoredRun
        {
            Assessment = assessment,
            Report = report,
            ReceivedPath = StringComparer.Ordinal.Equals(proposal.Digest, pin?.Digest) ? null : store.Receive(proposal),
        };
    }

    private static PinnedBaseline Approved(string file)
    {
        var pin = PinnedBaselineJson.Load(file);
        return pin.Approval is not null
            ? pin
            : throw new InvalidInputException(new InputProblem(Path.GetFileName(file), 0, "approval", "expected who accepted the baseline and why; accept a received file first"));
    }
}
