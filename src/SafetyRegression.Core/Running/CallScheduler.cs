using System.Collections;
using System.Runtime.InteropServices;

namespace SafetyRegression.Running;

/// <summary>
/// Deals out the calls of a run in the order of the plan. The arm that is furthest behind comes first and none may start a call more than a few places
/// ahead of another, so that both sides of a pair are asked close in time. A call that ends takes the next one itself: no thread is woken to hand calls out.
/// </summary>
internal sealed class CallScheduler
{
    private readonly Lock _gate = new();
    private readonly Lane[] _lanes;
    private readonly int _places;
    private readonly int _most;
    private readonly int _lead;
    private int _inFlight;
    private int _end;

    /// <summary>Plans the calls.</summary>
    /// <param name="places">Calls per arm.</param>
    /// <param name="most">Calls in flight at once, over all arms.</param>
    /// <param name="lead">How many places an arm may be ahead of another.</param>
    /// <param name="arms">For each arm its limit and the places that need no call (<see langword="null"/> for none).</param>
    internal CallScheduler(int places, int most, int lead, IEnumerable<(AdaptiveLimit Limit, BitArray? Done)> arms)
    {
        (_places, _most, _lead, _end) = (places, most, lead, places);
        _lanes = [.. arms.Select(arm => new Lane(arm.Limit, arm.Done))];
        foreach (ref var lane in _lanes.AsSpan())
            lane.SkipDone(places);
    }

    /// <summary>A call to start: the arm's number and the place in the plan.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Turn(int Lane, int Place);

    /// <summary>Calls in flight.</summary>
    internal int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Deals out no place from this one on, until <see cref="ExtendTo"/> moves it.</summary>
    internal void EndAt(int place)
    {
        lock (_gate)
            _end = Math.Min(place, _places);
    }

    /// <summary>Moves the end forward; never back, in whatever order those who move it arrive.</summary>
    internal void ExtendTo(int place)
    {
        lock (_gate)
            _end = Math.Clamp(place, _end, _places);
    }

    /// <summary>Takes the next call that may start now.</summary>
    internal bool TryTake(out Turn turn)
    {
        lock (_gate)
            return Take(out turn);
    }

    /// <summary>Ends a call and takes the next one in its stead.</summary>
    /// <param name="ended">The call that ended.</param>
    /// <param name="next">The call that may start now.</param>
    /// <param name="goesOn">Whether more may be started at all.</param>
    internal bool TryExchange(Turn ended, bool goesOn, out Turn next)
    {
        lock (_gate)
        {
            _inFlight--;
            _lanes[ended.Lane].Limit.Release();
            next = default;
            return goesOn && Take(out next);
        }
    }

    private bool Take(out Turn turn)
    {
        turn = default;
        if (_inFlight >= _most)
            return false;
        var slowest = int.MaxValue;
        foreach (ref readonly var lane in _lanes.AsSpan())
        {
            if (lane.Next < _places)
                slowest = Math.Min(slowest, lane.Next);
        }

        if (slowest == int.MaxValue)
            return false;
        for (var behind = slowest; ; behind = int.MaxValue)
        {
            // First the arm that is furthest behind, then any that may start.
            for (var i = 0; i < _lanes.Length; i++)
            {
                ref var lane = ref _lanes[i];
                if (lane.Next >= _end || lane.Next > behind || lane.Next - slowest > _lead || !lane.Limit.TryAcquire())
                    continue;
                turn = new Turn(i, lane.Next++);
                lane.SkipDone(_places);
                _inFlight++;
                return true;
            }

            if (behind == int.MaxValue)
                return false;
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Lane(AdaptiveLimit limit, BitArray? done)
    {
        internal AdaptiveLimit Limit { get; } = limit;

        internal int Next { get; set; }

        internal void SkipDone(int places)
        {
            while (done is not null && Next < places && done[Next])
                Next++;
        }
    }
}
