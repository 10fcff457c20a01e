namespace SafetyRegression.Running;

/// <summary>
/// How many calls may be in flight to one target. Starts moderately, doubles while calls succeed, halves when the provider asks to slow down (at most once
/// per <see cref="Settle"/>), then grows by one per round. Server errors do not change it: they say nothing about load.
/// </summary>
internal sealed class AdaptiveLimit
{
    private const int StartAt = 32;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly int _max;
    private readonly bool _fixed;
    private double _limit;
    private double _threshold;
    private int _inFlight;
    private long _lastCut;

    internal AdaptiveLimit(int max, bool isFixed, TimeProvider time)
    {
        (_max, _fixed, _time) = (max, isFixed, time);
        (_limit, _threshold) = (isFixed ? max : Math.Min(max, StartAt), max);
        _lastCut = time.GetTimestamp() - (long)(Settle.TotalSeconds * time.TimestampFrequency);
    }

    /// <summary>The limit now; at least 1.</summary>
    internal int Limit
    {
        get
        {
            lock (_gate)
                return (int)_limit;
        }
    }

    /// <summary>Takes a place, if one is free.</summary>
    internal bool TryAcquire()
    {
        lock (_gate)
        {
            if (_inFlight >= (int)_limit)
                return false;
            _inFlight++;
            return true;
        }
    }

    /// <summary>Gives a place back.</summary>
    internal void Release()
    {
        lock (_gate)
            _inFlight--;
    }

    /// <summary>A call succeeded.</summary>
    internal void Succeeded()
    {
        if (_fixed)
            return;
        lock (_gate)
        {
            // Growing a limit of which less than half is used would only prepare a burst.
            if (_limit < _max && 2 * _inFlight >= (int)_limit)
                _limit = Math.Min(_max, _limit + (_limit < _threshold ? 1 : 1 / _limit));
        }
    }

    /// <summary>The provider asked to slow down. Calls that wait for its Retry-After keep their places, which is pause enough.</summary>
    internal void RateLimited()
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            if (_fixed || _time.GetElapsedTime(_lastCut, now) < Settle)
                return;
            _lastCut = now;
            _threshold = _limit = Math.Max(1, _limit / 2);
        }
    }
}
