using System.Collections.Concurrent;

namespace SafetyRegression.Running;

/// <summary>Token sources for single tries, used again and again: most tries end before their time, and a timer is costlier than setting one anew.</summary>
internal sealed class TryTokens(TimeProvider time)
{
    private readonly ConcurrentQueue<CancellationTokenSource> _free = new();

    /// <summary>A source that cancels after a time.</summary>
    internal CancellationTokenSource Rent(TimeSpan timeout)
    {
        if (!IsPooled)
            return new CancellationTokenSource(timeout, time);
        if (!_free.TryDequeue(out var source))
            source = new CancellationTokenSource();
        source.CancelAfter(timeout);
        return source;
    }

    /// <summary>Takes a source back.</summary>
    /// <param name="source">The source.</param>
    /// <param name="isOver">Whether nobody watches its token any more.</param>
    internal void Return(CancellationTokenSource source, bool isOver)
    {
        if (isOver && IsPooled && source.TryReset())
            _free.Enqueue(source);
        else
            source.Dispose();
    }

    /// <summary>A source can be set anew only by the system's clock.</summary>
    private bool IsPooled => ReferenceEquals(time, TimeProvider.System);
}
