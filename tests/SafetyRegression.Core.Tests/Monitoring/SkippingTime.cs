using System.Collections.Concurrent;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>A clock whose pauses are over at once, and remembered; the limit of a try is long enough for any machine, and over when a test says so.</summary>
internal sealed class SkippingTime : TimeProvider
{
    /// <summary>The limit of a try, told from a pause by its length.</summary>
    internal static readonly TimeSpan Limit = TimeSpan.FromSeconds(61);

    private readonly ConcurrentQueue<TimeSpan> _pauses = new();
    private readonly ConcurrentQueue<ITimer> _limits = new();

    internal IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    internal DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Ends every try that is on its way.</summary>
    internal void EndTries()
    {
        while (_limits.TryDequeue(out var limit))
            limit.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == Limit || dueTime == Timeout.InfiniteTimeSpan)
        {
            var timer = System.CreateTimer(callback, state, dueTime, period);
            if (dueTime == Limit)
                _limits.Enqueue(timer);
            return timer;
        }

        _pauses.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
