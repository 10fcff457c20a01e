using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>
/// Comparison of two independent rates: different prompts per arm, or only totals known. On the same prompts these methods ignore the pairing
/// and miss drops that <see cref="McNemar"/> finds.
/// </summary>
public static class TwoProportion
{
    /// <summary>Tests that the candidate's rate is not lower.</summary>
    /// <param name="baseline">The baseline's successes and trials.</param>
    /// <param name="candidate">The candidate's successes and trials.</param>
    /// <param name="method">The test.</param>
    /// <returns>The p-values; all 1 when a group is empty or, for a z test, the variance is 0 and the rates are equal. Where only the variance of
    /// a z test is 0, Fisher's test stands in.</returns>
    public static PValues Test(ProportionCount baseline, ProportionCount candidate, TwoProportionMethod method = TwoProportionMethod.Fisher)
    {
        if (baseline.Trials == 0 || candidate.Trials == 0)
        {
            return PValues.NoEvidence;
        }

        return method switch
        {
            TwoProportionMethod.Fisher => FisherExact.Test(baseline, candidate, 0),
            TwoProportionMethod.FisherMidP => FisherExact.Test(baseline, candidate, 0.5),
            TwoProportionMethod.ZPooled => Z(baseline, candidate, true),
            TwoProportionMethod.ZUnpooled => Z(baseline, candidate, false),
            TwoProportionMethod.Barnard or TwoProportionMethod.Boschloo => UnconditionalExact.Test(baseline, candidate, method),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such test of two rates."),
        };
    }

    /// <summary>The interval for candidate − baseline.</summary>
    /// <param name="baseline">The baseline's successes and trials.</param>
    /// <param name="candidate">The candidate's successes and trials.</param>
    /// <param name="level">The two-sided level, between 0 and 1.</param>
    /// <param name="method">The method.</param>
    /// <returns>The interval within [−1, 1]; all of it when a group is empty.</returns>
    public static ConfidenceInterval Interval(
        ProportionCount baseline, ProportionCount candidate, double level, TwoProportionIntervalMethod method = TwoProportionIntervalMethod.MiettinenNurminen)
    {
        Guard.Level(level);
        if (baseline.Trials == 0 || candidate.Trials == 0)
        {
            return new(-1, 1, level);
        }

        var z = Normal.TwoSidedCritical(level);
        return method switch
        {
            TwoProportionIntervalMethod.Wald => Wald(baseline.Successes, baseline.Trials, candidate.Successes, candidate.Trials, z, level),
            TwoProportionIntervalMethod.AgrestiCaffo =>
                Wald(baseline.Successes + 1, baseline.Trials + 2, candidate.Successes + 1, candidate.Trials + 2, z, level),
            TwoProportionIntervalMethod.Newcombe => SquareAndAdd(baseline, candidate, level, ProportionLimits.Wilson, z),
            TwoProportionIntervalMethod.NewcombeCorrected => SquareAndAdd(baseline, candidate, level, ProportionLimits.WilsonCorrected, z),
            TwoProportionIntervalMethod.MiettinenNurminen => ScoreDifference.Interval(baseline, candidate, z, level, true),
            TwoProportionIntervalMethod.Mee => ScoreDifference.Interval(baseline, candidate, z, level, false),
            _ => throw new ArgumentOutOfRangeException(nameof(method), method, "There is no such interval for two rates."),
        };
    }

    private static PValues Z(ProportionCount baseline, ProportionCount candidate, bool isPooled)
    {
        double nb = baseline.Trials, nc = candidate.Trials, pb = baseline.Rate, pc = candidate.Rate;
        var pooled = (baseline.Successes + (double)candidate.Successes) / (nb + nc);
        var variance = isPooled ? pooled * (1 - pooled) * ((1 / nb) + (1 / nc)) : (pb * (1 - pb) / nb) + (pc * (1 - pc) / nc);
        if (variance > 0)
        {
            return PValues.FromZ((pc - pb) / Math.Sqrt(variance));
        }

        return pb.Equals(pc) ? PValues.NoEvidence : FisherExact.Test(baseline, candidate, 0);
    }

    private static ConfidenceInterval Wald(double xb, double nb, double xc, double nc, double z, double level)
    {
        double pb = xb / nb, pc = xc / nc;
        var half = z * Math.Sqrt((pb * (1 - pb) / nb) + (pc * (1 - pc) / nc));
        return new(Math.Max(-1, pc - pb - half), Math.Min(1, pc - pb + half), level);
    }

    private static ConfidenceInterval SquareAndAdd(
        ProportionCount baseline, ProportionCount candidate, double level, Func<double, double, double, (double Lower, double Upper)> limits, double z)
    {
        var b = limits(baseline.Successes, baseline.Trials, z);
        var c = limits(candidate.Successes, candidate.Trials, z);
        double pb = baseline.Rate, pc = candidate.Rate;
        return new(
            Math.Max(-1, pc - pb - double.Hypot(pc - c.Lower, b.Upper - pb)),
            Math.Min(1, pc - pb + double.Hypot(c.Upper - pc, pb - b.Lower)),
            level);
    }
}
