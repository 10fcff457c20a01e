using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>A Kaplan–Meier estimate (E. L. Kaplan and P. Meier 1958, JASA 53:457): a step function that falls at every event.</summary>
public sealed record SurvivalCurve
{
    /// <summary>Gets the steps, in the order of time; none without events.</summary>
    public required ImmutableArray<SurvivalPoint> Points { get; init; }

    /// <summary>Gets the number of units.</summary>
    public required int Count { get; init; }

    /// <summary>Gets the number of events.</summary>
    public required int Events { get; init; }

    /// <summary>The curve of right-censored times. Units censored at the time of an event count as at risk for it.</summary>
    /// <param name="times">The times, in any order.</param>
    /// <exception cref="ArgumentException">A time is not positive and finite.</exception>
    public static SurvivalCurve Of(IEnumerable<SurvivalTime> times)
    {
        ArgumentNullException.ThrowIfNull(times);
        var sorted = times.OrderBy(time => time.Time).ToList();
        if (sorted.Exists(time => !(time.Time > 0) || !double.IsFinite(time.Time)))
            throw new ArgumentException("Times are positive and finite.", nameof(times));
        var points = ImmutableArray.CreateBuilder<SurvivalPoint>();
        double survival = 1;
        for (var from = 0; from < sorted.Count;)
        {
            int to = from, events = 0;
            for (; to < sorted.Count && sorted[to].Time.Equals(sorted[from].Time); to++)
                events += sorted[to].IsEvent ? 1 : 0;
            var atRisk = sorted.Count - from;
            if (events > 0)
            {
                survival *= (double)(atRisk - events) / atRisk;
                points.Add(new SurvivalPoint(sorted[from].Time, atRisk, events, survival));
            }

            from = to;
        }

        return new SurvivalCurve { Points = points.ToImmutable(), Count = sorted.Count, Events = sorted.Count(time => time.IsEvent) };
    }

    /// <summary>The share without the event at a time, events at that very time taken off.</summary>
    /// <param name="time">The time.</param>
    public double At(double time)
    {
        double survival = 1;
        foreach (var point in Points)
        {
            if (point.Time > time)
                break;
            survival = point.Survival;
        }

        return survival;
    }

    /// <summary>
    /// The mean time without the event up to a horizon: the area under the curve (J. O. Irwin 1949, J. Hygiene 47:188). With whole times it is Σ S(t) for
    /// t from 0 to horizon − 1.
    /// </summary>
    /// <param name="horizon">Where to stop; ≥ 0.</param>
    public double RestrictedMean(double horizon)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(horizon);
        double area = 0, from = 0, survival = 1;
        foreach (var point in Points)
        {
            if (point.Time >= horizon)
                break;
            area += (point.Time - from) * survival;
            (from, survival) = (point.Time, point.Survival);
        }

        return area + ((horizon - from) * survival);
    }
}
