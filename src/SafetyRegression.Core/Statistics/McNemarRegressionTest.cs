using System.Collections.Immutable;

namespace SafetyRegression.Statistics;

/// <summary>McNemar's test with Tango's score interval: the default for one yes/no pair per seed prompt.</summary>
/// <param name="method">Exact or mid-p.</param>
internal sealed class McNemarRegressionTest(McNemarMethod method) : TableTest
{
    public override string Name => method == McNemarMethod.Exact ? RegressionTests.McNemarExact : RegressionTests.McNemarMidP;

    protected override string IntervalMethod => "tango";

    protected override RegressionTestResult Test(PairedTable table, double alpha)
    {
        var isFlat = table.Discordant == 0;
        var (drop, isExact) = PairedPower.SmallestDetectableDrop(table, alpha, method);
        var warnings = ImmutableArray.CreateBuilder<StatisticalWarning>();
        if (isFlat)
            warnings.Add(StatisticalWarning.NoDiscordantPairs);
        if (!isExact)
            warnings.Add(StatisticalWarning.ApproximatePower);
        return Result(table, alpha, isFlat ? PValues.NoEvidence : McNemar.Test(table, method), PairedDifference.Interval(table, 1 - (2 * alpha)), drop, warnings.ToImmutable());
    }
}
