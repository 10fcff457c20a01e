using System.Collections.Immutable;

namespace SafetyRegression.Statistics;

/// <summary>Fisher's or the z test on paired data as if both arms had answered different prompts, with the Miettinen–Nurminen interval.</summary>
/// <param name="method">Fisher or pooled z.</param>
internal sealed class UnpairedRegressionTest(TwoProportionMethod method) : TableTest
{
    private const double Power = 0.8;
    private const int FewEvents = 5;

    public override string Name => method == TwoProportionMethod.Fisher ? RegressionTests.Fisher : RegressionTests.TwoProportionZ;

    protected override string IntervalMethod => "miettinen-nurminen";

    protected override RegressionTestResult Test(PairedTable table, double alpha)
    {
        ProportionCount baseline = new(table.BaselineRefused, table.Count), candidate = new(table.CandidateRefused, table.Count);
        ImmutableArray<StatisticalWarning> warnings = [StatisticalWarning.IgnoresPairing, StatisticalWarning.ApproximatePower];
        if (method != TwoProportionMethod.Fisher && Fewest(baseline, candidate) < FewEvents)
            warnings = warnings.Add(StatisticalWarning.FewEvents);
        return Result(
            table, alpha, TwoProportion.Test(baseline, candidate, method), TwoProportion.Interval(baseline, candidate, 1 - (2 * alpha)),
            UnpairedPower.SmallestDetectableDrop(baseline.Rate, table.Count, alpha, Power), warnings);
    }

    /// <summary>The smallest cell, which is what the normal approximation hangs on.</summary>
    private static int Fewest(ProportionCount a, ProportionCount b)
        => Math.Min(Math.Min(a.Successes, a.Failures), Math.Min(b.Successes, b.Failures));
}
