using System.Collections.Concurrent;

namespace SafetyRegression.Running;

/// <summary>Token sources for single tries, used again and again: most tries end before their time, and a timer is costlier than setting one anew.</summary>
internal sealed class TryTokens(TimeProvider time)
{
    private readonly ConcurrentQueue<Lease> _free = new();

    /// <summary>A source can be set anew only by the system's clock.</summary>
    private bool IsPooled => ReferenceEquals(time, TimeProvider.System);

    /// <summary>A source that cancels after a time; disposing it gives it back.</summary>
    internal Lease Rent(TimeSpan timeout)
    {
        if (!IsPooled)
            return new Lease(this, timeout, time);
        if (!_free.TryDequeue(out var lease))
            lease = new Lease(this, Timeout.InfiniteTimeSpan, time);
        lease.Source.CancelAfter(timeout);
        return lease;
    }

    /// <summary>A source in use by one try.</summary>
    internal sealed class Lease(TryTokens owner, TimeSpan timeout, TimeProvider time) : IDisposable
    {
        internal CancellationTokenSource Source { get; } = new(timeout, time);

        /// <summary>Whether the client has ended, so that nobody watches the token any more.</summary>
        internal bool IsOver { get; set; }

        public void Dispose()
        {
            var again = IsOver && owner.IsPooled && Source.TryReset();
            IsOver = false;
            if (again)
                owner._free.Enqueue(this);
            else
                Source.Dispose();
        }
    }
}
