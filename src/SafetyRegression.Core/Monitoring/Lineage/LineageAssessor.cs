using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using SafetyRegression.Gating;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// Looks at a new iteration beside the pinned baseline and the iteration before, by the same paired statistics as any comparison. A pure function of its
/// input. Comparing only with the iteration before would let a small loss each time through; comparing only with the pin would hide what just happened.
/// </summary>
public static class LineageAssessor
{
    /// <summary>Assesses an iteration.</summary>
    /// <param name="input">The iteration and what it is compared with.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="InvalidInputException">The policy is out of range.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    /// <exception cref="RunsNotComparableException">The run does not answer the suite.</exception>
    public static LineageAssessment Assess(LineageInput input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (new MonitoringOptionsValidator().Validate(name: null, input.Options) is { Failed: true } invalid)
            throw new OptionsValidationException(nameof(MonitoringOptions), typeof(MonitoringOptions), invalid.Failures);
        var policy = input.Policy.Validated();
        var now = StoredRun.Of(input.Suite, input.Run, input.Capability);
        var asOf = input.AsOf ?? input.Report?.AsOf ?? input.Run.CompletedAt;
        var previous = input.History.LastOrDefault();
        var pinBreaks = input.Pin is { } pin ? now.BreaksFrom(pin.Run) : [];
        var pinDigest = input.Pin?.Digest;
        var look = input.Pin is null || !pinBreaks.IsEmpty ? 0 : 1 + input.History.Count(entry => entry.Look > 0 && StringComparer.Ordinal.Equals(entry.Pin, pinDigest));
        var schedule = new LookSchedule(input.Options.PlannedLooks, policy.Alpha);
        var canary = input is { Canary: { } reading, Pin.Canary: { } reference } && reading.IsOfSameSet(reference)
            ? DriftWatch.Canary(reference, reading, input.Options.CanaryNoise, input.Options.ChartRunLength)
            : null;
        var comparer = new LineageComparer(input, now, policy, asOf, cancellationToken);
        var againstPin = input.Pin is null ? null : comparer.Compare(LineageReference.Pin, input.Pin.Run, pinBreaks, schedule.LevelAt(Math.Max(1, look)), isStep: false);
        var againstPrevious = previous is null
            ? null
            : comparer.Compare(LineageReference.Previous, previous.Run, now.BreaksFrom(previous.Run), schedule.LevelAt(StepsSinceBreak(input.History) + 1), isStep: againstPin?.Report is not null);
        ImmutableArray<DriftSignal> signals = look == 0 || canary is not null ? [] : [.. Charts(input, now, policy)];
        if (canary is { } drifted)
            signals = [drifted];

        ImmutableArray<GateResult> gates = [.. LineageGates.Of(input, asOf, look, againstPin, againstPrevious, signals)];
        var rates = RunRates.Of(input.Suite, input.Run, policy);
        var shown = input.Report ?? againstPin?.Report;
        var recommendation = shown is null ? gates.Min(gate => gate.Allows) : LineageReport.Of(shown, new ReportTrend { Points = [] }, gates, input.Purpose).Decision.Recommendation;
        var entry = new HistoryEntry
        {
            Iteration = (previous?.Iteration ?? 0) + 1,
            Label = input.Label ?? input.Run.Target.Label,
            At = asOf ?? default,
            ReportId = input.Report?.RunId,
            Run = now,
            Rates = rates,
            Pin = input.Pin?.Digest,
            Look = look,
            Recommendation = recommendation,
            RegressedSincePin = againstPin?.Regressed ?? [],
            RegressedSincePrevious = againstPrevious?.Regressed ?? [],
            Signals = signals,
            Canary = input.Canary,
            ValidUntil = (asOf ?? default) + input.Options.Validity,
        };
        var trend = LineageTrend.Of(input, entry, canary is not null, policy);
        return new LineageAssessment
        {
            Lineage = input.Lineage,
            Purpose = input.Purpose,
            Iteration = entry.Iteration,
            Look = look,
            PlannedLooks = input.Options.PlannedLooks,
            AgainstPin = againstPin,
            AgainstPrevious = againstPrevious,
            Signals = signals,
            JudgeDrifted = canary is not null,
            Gates = gates,
            Recommendation = recommendation,
            Trend = trend,
            Report = shown is null ? null : LineageReport.Of(shown, trend, gates, input.Purpose),
            Entry = entry,
        };
    }

    /// <summary>Comparisons of neighbours so far in the present stretch of comparable iterations.</summary>
    private static int StepsSinceBreak(ImmutableArray<HistoryEntry> history)
    {
        var steps = 0;
        for (var i = history.Length - 1; i > 0 && history[i].Run.BreaksFrom(history[i - 1].Run).IsEmpty; i--)
            steps++;
        return steps;
    }

    private static IEnumerable<DriftSignal> Charts(LineageInput input, StoredRun now, SafetyPolicy policy) => DriftWatch.Signals(
        RunRates.Of(input.Suite, input.Pin!.Run.ToRun(Arm.Baseline), policy),
        [
            .. input.History.Where(entry => entry.Look > 0 && StringComparer.Ordinal.Equals(entry.Pin, input.Pin.Digest)).Select(entry => entry.Run)
                .Append(now)
                .Select(run => DriftWatch.StreamOf(input.Suite, run, policy)),
        ],
        policy.OverallTolerance,
        input.Options.ChartRunLength,
        input.Options.AverageChart ? new AverageLimits(input.Options.AverageWeight, input.Options.AverageWidth) : null);
}
