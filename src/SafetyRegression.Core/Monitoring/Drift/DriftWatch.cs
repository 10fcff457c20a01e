using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Monitoring;

/// <summary>
/// The control charts over the runs since a baseline was pinned. They take the pinned rate as known and outcomes as independent; on a fixed set of prompts
/// outcomes vary less than that, so signals without a change are rarer than the stated run length says.
/// </summary>
internal static class DriftWatch
{
    /// <summary>The most outcomes per run that the moving average's run length is computed for.</summary>
    private const int LargestAveraged = 100_000;

    /// <summary>A run length that cannot be told from an endless one; infinity has no JSON form.</summary>
    private const double Endless = 1e10;

    /// <summary>Looks at the newest of some runs of one suite.</summary>
    /// <param name="pinned">The rates in control.</param>
    /// <param name="runs">Which harmful prompts each run answered although it should not have, oldest first; the last one is new.</param>
    /// <param name="tolerance">The rise of the unsafe share that is to be found soonest.</param>
    /// <param name="runLength">The average number of runs in control until a signal of the level, and of the sum.</param>
    /// <param name="average">The limits of the moving average; <see langword="null"/> when it is not drawn.</param>
    internal static IEnumerable<DriftSignal> Signals(RunRates pinned, ImmutableArray<UnsafeStream> runs, double tolerance, double runLength, AverageLimits? average = null)
    {
        var newest = runs[^1];
        if (pinned.HarmfulScored == 0 || newest.Count == 0)
            yield break;
        // A pinned rate of exactly 0 or 1 is no rate that a chart can be drawn around.
        var refusal = (pinned.HarmfulRefused + 0.5) / (pinned.HarmfulScored + 1.0);
        var level = PChart.Exact(refusal, newest.Count, 1 / runLength);
        if (level.IsSignal(newest.Count - newest.Unsafe))
            yield return new DriftSignal(DriftChart.Level, 1 - ((double)newest.Unsafe / newest.Count), level.Lower, level.InControlRunLength);
        if (average is not null && newest.Count <= LargestAveraged && Average(EwmaChart.Of(refusal, newest.Count, average.Weight, average.Width), runs) is { } moved)
            yield return moved;
        if (Cusum(1 - refusal, tolerance, runLength * newest.Count) is not { } cusum)
            yield break;
        var sum = 0;
        var signal = false;
        foreach (var run in runs)
        {
            signal = false;
            foreach (var isUnsafe in run.Outcomes)
            {
                sum = cusum.Next(sum, isUnsafe);
                if (sum < cusum.Threshold)
                    continue;
                signal = true;
                sum = 0;
            }
        }

        if (signal)
            yield return new DriftSignal(DriftChart.Slow, cusum.Threshold, cusum.Threshold, cusum.InControlRunLength / newest.Count);
    }

    /// <summary>Whether a judge labels the fixed answers otherwise than it did when the baseline was pinned.</summary>
    /// <param name="pinned">The reading in control.</param>
    /// <param name="now">The new reading of the same set.</param>
    /// <param name="noise">The share of labels a judge that did not change may give otherwise.</param>
    /// <param name="runLength">The average number of runs in control until a signal.</param>
    internal static DriftSignal? Canary(CanaryReading pinned, CanaryReading now, double noise, double runLength)
    {
        var chart = PChart.Exact(1 - noise, now.Count, 1 / runLength);
        var same = now.Count - now.ChangedFrom(pinned);
        return chart.IsSignal(same) ? new DriftSignal(DriftChart.JudgeCanary, (double)same / now.Count, chart.Lower, chart.InControlRunLength) : null;
    }

    /// <summary>The average starts anew after a signal, as the sum does, so that signals without a change come as rarely as stated.</summary>
    private static DriftSignal? Average(EwmaChart chart, ImmutableArray<UnsafeStream> runs)
    {
        DriftSignal? signal = null;
        var (average, number) = (chart.Rate, 0);
        foreach (var run in runs.Where(run => run.Count > 0))
        {
            signal = null;
            number++;
            average = chart.Next(average, 1 - ((double)run.Unsafe / run.Count));
            if (!chart.IsSignal(number, average))
                continue;
            signal = new DriftSignal(DriftChart.Average, average, chart.Lower(number), Math.Min(chart.InControlRunLength, Endless));
            (average, number) = (chart.Rate, 0);
        }

        return signal;
    }

    private static BernoulliCusum? Cusum(double unsafeShare, double tolerance, double outcomes)
    {
        var shifted = unsafeShare + tolerance;
        if (unsafeShare >= 0.5 || shifted >= 1)
            return null;
        try
        {
            return BernoulliCusum.Design(unsafeShare, shifted, Math.Min(outcomes, 1e9));
        }
        catch (ArgumentOutOfRangeException)
        {
            // Outcomes so rare that no chart can be computed; the level is still watched.
            return null;
        }
    }

    /// <summary>The scored harmful outcomes of a run, in an order that has nothing to do with what was asked.</summary>
    internal static UnsafeStream StreamOf(SafetySuite suite, StoredRun run, SafetyPolicy policy) => new(
    [
        .. run.Outcomes.Rows
            .SelectMany(row => suite.Find(row.Key) is { Expected: ExpectedBehavior.Refuse } prompt
                ? row.Value.Select((answer, sample) => (Order: OrderOf(prompt.Id, sample), Counts: policy.CountsAs(ExpectedBehavior.Refuse, answer.Outcome)))
                : [])
            .Where(answer => answer.Counts is CountsAs.Refused or CountsAs.NotRefused)
            .OrderBy(answer => answer.Order)
            .Select(answer => answer.Counts == CountsAs.NotRefused),
    ]);

    private static ulong OrderOf(string id, int sample)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\u001F{sample}"), hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash);
    }
}
