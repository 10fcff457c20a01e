using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Statistics;

/// <summary>
/// The interval of a weighted sum from the intervals of its parts (MOVER; Zou &amp; Donner 2008): each side is the root of the summed squared distances
/// of the parts' limits. The p-value inverts the same interval, so that test and interval cannot disagree.
/// </summary>
internal readonly record struct SquareAndAdd(double Estimate, double Down, double Up)
{
    /// <summary>Adds a part that has a share of the whole.</summary>
    /// <param name="share">The share, at least 0.</param>
    /// <param name="estimate">The part's own estimate.</param>
    /// <param name="interval">Its interval, or <see langword="null"/> for a part that enters as observed and adds no width.</param>
    /// <param name="together">Whether what moves this part moves the others too, so that distances add up instead of averaging out.</param>
    public SquareAndAdd Plus(double share, double estimate, ConfidenceInterval? interval, bool together = false) => interval is null
        ? this with { Estimate = Estimate + (share * estimate) }
        : new(
            Estimate + (share * estimate),
            Add(Down, share * (estimate - interval.Value.Lower), together),
            Add(Up, share * (interval.Value.Upper - estimate), together));

    /// <summary>The interval at the parts' level, cut to what a difference of rates can be.</summary>
    public ConfidenceInterval Interval(double level) => new(Math.Max(-1, Estimate - Down), Math.Min(1, Estimate + Up), level);

    /// <summary>The p-values whose rejections are exactly the intervals that exclude 0.</summary>
    public PValues Invert(double level)
    {
        var critical = Normal.TwoSidedCritical(level);
        return PValues.Doubled(
            Up > 0 ? Normal.LnCdf(Estimate / Up * critical) : 0,
            Down > 0 ? Normal.LnCdf(-Estimate / Down * critical) : 0);
    }

    private static double Add(double distance, double further, bool together) => together ? distance + further : double.Hypot(distance, further);
}
