using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// How much of α each comparison with one pinned baseline may spend. The spending is Lan and DeMets' Pocock type over the planned looks; the level of a look
/// is what it adds to the spending. Comparisons with one pin share its answers and are no growing sample, so the levels lean on the union bound, which needs
/// nothing about how looks depend on each other.
/// </summary>
public sealed class LookSchedule
{
    private readonly ImmutableArray<double> _levels;

    /// <summary>Plans looks.</summary>
    /// <param name="plannedLooks">How many comparisons share α; 1–1 000.</param>
    /// <param name="alpha">The chance, between 0 and 0.5, that any planned look calls a regression where there is none.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of its range.</exception>
    public LookSchedule(int plannedLooks, double alpha)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plannedLooks, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plannedLooks, 1000);
        if (!(alpha is > 0 and < 0.5))
            throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a level between 0 and 0.5.");
        (PlannedLooks, Alpha) = (plannedLooks, alpha);
        _levels = [.. Enumerable.Range(1, plannedLooks).Select(look => SpentBy(look) - SpentBy(look - 1))];
    }

    /// <summary>How many comparisons share α.</summary>
    public int PlannedLooks { get; }

    /// <summary>What all planned looks spend together.</summary>
    public double Alpha { get; }

    /// <summary>The level of a look. Beyond the planned ones it stays at the last level: the alarm goes on working, and false alarms exceed α by it each time.</summary>
    /// <param name="look">The number of the look since the pin, from 1.</param>
    public double LevelAt(int look)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(look, 1);
        return _levels[Math.Min(look, PlannedLooks) - 1];
    }

    private double SpentBy(int look) => look == 0 ? 0 : GroupSequential.Spent((double)look / PlannedLooks, Alpha, SpendingFunction.PocockType);
}
