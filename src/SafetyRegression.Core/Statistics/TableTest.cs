using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace SafetyRegression.Statistics;

/// <summary>A test that knows only a 2 × 2 table: anything else is refused, not squeezed.</summary>
internal abstract class TableTest : IRegressionTest
{
    public abstract string Name { get; }

    protected abstract string IntervalMethod { get; }

    public bool Supports(PairedSample sample, [NotNullWhen(false)] out string? reason)
    {
        ArgumentNullException.ThrowIfNull(sample);
        reason = sample.Table is null
            ? $"{Name} needs one yes/no pair of equal weight per seed prompt; use {RegressionTests.Clustered} for several samples or variants of a seed prompt."
            : null;
        return reason is null;
    }

    public RegressionTestResult Test(PairedSample sample, double alpha, CancellationToken cancellationToken = default)
    {
        Guard.Alpha(alpha);
        if (!Supports(sample, out var reason))
            throw new NotSupportedException(reason);
        cancellationToken.ThrowIfCancellationRequested();
        var table = sample.Table.GetValueOrDefault();
        return table.Count == 0 ? EmptyResult.Create(Name, IntervalMethod, alpha) : Test(table, alpha);
    }

    /// <summary>Tests a table that is not empty.</summary>
    protected abstract RegressionTestResult Test(PairedTable table, double alpha);

    protected RegressionTestResult Result(PairedTable table, double alpha, PValues p, ConfidenceInterval interval, double? smallestDetectableDrop, ImmutableArray<StatisticalWarning> warnings) => new()
    {
        Method = Name,
        Alpha = alpha,
        Statistic = p.Statistic,
        PValue = p.Drop,
        LogPValue = p.LogDrop,
        PValueRise = p.Rise,
        LogPValueRise = p.LogRise,
        Estimate = table.Difference,
        Interval = interval,
        IntervalMethod = IntervalMethod,
        Count = table.Count,
        ClusterCount = table.Count,
        NewlyAnswered = table.NewlyAnswered,
        NewlyRefused = table.NewlyRefused,
        SmallestDetectableDrop = smallestDetectableDrop,
        Warnings = warnings,
    };
}
