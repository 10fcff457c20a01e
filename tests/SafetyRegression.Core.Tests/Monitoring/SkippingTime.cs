using System.Collections.Concurrent;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>A clock whose pauses are over at once, and remembered; only the limit of a try runs in real time.</summary>
internal sealed class SkippingTime(TimeSpan limit) : TimeProvider
{
    private readonly ConcurrentQueue<TimeSpan> _pauses = new();

    /// <summary>The limit of a try: short where a receiver hangs, and otherwise long enough for any machine.</summary>
    internal TimeSpan Limit => limit;

    internal IReadOnlyList<TimeSpan> Pauses => [.. _pauses];

    internal DateTimeOffset Now { get; set; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime == limit || dueTime == Timeout.InfiniteTimeSpan)
            return System.CreateTimer(callback, state, dueTime, period);
        _pauses.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
