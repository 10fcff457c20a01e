using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>
/// Correction of refusal rates for a classifier that errs (Rogan &amp; Gladen 1978). Errors shared by both arms shrink a difference by Youden's J;
/// errors that differ between arms (a change of style after fine-tuning) invent one, so calibrate per arm.
/// </summary>
public static class Misclassification
{
    /// <summary>Corrects one rate.</summary>
    /// <param name="classified">Answers classified as refusals, out of all (at least one).</param>
    /// <param name="accuracy">The classifier's accuracy.</param>
    /// <param name="level">The two-sided level of the intervals, between 0 and 1.</param>
    /// <returns>The corrected rate, or <see langword="null"/> when Youden's J is 0 or below: such a classifier says nothing.</returns>
    public static CorrectedRate? Correct(ProportionCount classified, ClassifierAccuracy accuracy, double level)
    {
        Guard.Level(level);
        if (accuracy.Youden <= 0 || classified.Trials == 0)
        {
            return null;
        }

        var z = Normal.TwoSidedCritical(level);
        var (raw, variance, known) = Moments(classified, accuracy);
        var wilson = ProportionLimits.Wilson(classified.Successes, classified.Trials, z);
        var (smoothed, interval) = LangReiczigel(classified, accuracy, z, level);
        return new()
        {
            Raw = raw,
            Rate = Math.Clamp(raw, 0, 1),
            KnownAccuracyStandardError = Math.Sqrt(known),
            StandardError = Math.Sqrt(variance),
            KnownAccuracyInterval = new(Transformed(wilson.Lower), Transformed(wilson.Upper), level),
            Interval = interval,
            SmoothedRate = smoothed,
        };

        double Transformed(double p) => Math.Clamp((p + accuracy.Specificity.Rate - 1) / accuracy.Youden, 0, 1);
    }

    /// <summary>Corrects a difference.</summary>
    /// <param name="baseline">The baseline's answers classified as refusals.</param>
    /// <param name="candidate">The candidate's answers classified as refusals.</param>
    /// <param name="baselineAccuracy">The classifier's accuracy on the baseline's answers.</param>
    /// <param name="candidateAccuracy">Its accuracy on the candidate's answers, or <see langword="null"/> when one calibration is shared by both arms.</param>
    /// <param name="level">The two-sided level of the interval, between 0 and 1.</param>
    /// <returns>The corrected difference, or <see langword="null"/> when a Youden's J is 0 or below.</returns>
    public static CorrectedDifference? Correct(
        ProportionCount baseline, ProportionCount candidate, ClassifierAccuracy baselineAccuracy, ClassifierAccuracy? candidateAccuracy, double level)
    {
        Guard.Level(level);
        if (baselineAccuracy.Youden <= 0 || candidateAccuracy is { Youden: <= 0 } || baseline.Trials == 0 || candidate.Trials == 0)
        {
            return null;
        }

        var b = Moments(baseline, baselineAccuracy);
        var c = Moments(candidate, candidateAccuracy ?? baselineAccuracy);
        var difference = c.Raw - b.Raw;
        double variance;
        if (candidateAccuracy is null)
        {
            // Shared errors move both arms together: only the difference of the rates is exposed to them.
            var j = baselineAccuracy.Youden;
            variance = b.Known + c.Known + (difference * difference * (VarianceOf(baselineAccuracy.Sensitivity) + VarianceOf(baselineAccuracy.Specificity)) / (j * j));
        }
        else
        {
            variance = b.Variance + c.Variance;
        }

        var error = Math.Sqrt(variance);
        var half = Normal.TwoSidedCritical(level) * error;
        return new(
            candidate.Rate - baseline.Rate,
            difference,
            error,
            error > 0 ? PValues.FromZ(difference / error) : PValues.NoEvidence,
            new(Math.Clamp(difference - half, -1, 1), Math.Clamp(difference + half, -1, 1), level));
    }

    /// <summary>Corrects the difference of a paired comparison: as for independent arms, with the covariance that the shared prompts bring.</summary>
    /// <param name="classified">The answers as classified, by pair.</param>
    /// <param name="baselineAccuracy">The classifier's accuracy on the baseline's answers.</param>
    /// <param name="candidateAccuracy">Its accuracy on the candidate's answers, or <see langword="null"/> when one calibration is shared by both arms.</param>
    /// <param name="level">The two-sided level of the interval, between 0 and 1.</param>
    /// <returns>The corrected difference, or <see langword="null"/> when a Youden's J is 0 or below or there is no pair.</returns>
    public static CorrectedDifference? Correct(PairedTable classified, ClassifierAccuracy baselineAccuracy, ClassifierAccuracy? candidateAccuracy, double level)
    {
        var pairs = classified.Count;
        if (Correct(new(classified.BaselineRefused, pairs), new(classified.CandidateRefused, pairs), baselineAccuracy, candidateAccuracy, level) is not { } apart)
        {
            return null;
        }

        var together = ((double)classified.BothRefused / pairs) - (classified.BaselineRate * classified.CandidateRate);
        var shared = 2 * together / pairs / (baselineAccuracy.Youden * (candidateAccuracy ?? baselineAccuracy).Youden);
        var error = Math.Sqrt(Math.Max(0, (apart.StandardError * apart.StandardError) - shared));
        var half = Normal.TwoSidedCritical(level) * error;
        return apart with
        {
            StandardError = error,
            Test = error > 0 ? PValues.FromZ(apart.Difference / error) : PValues.NoEvidence,
            Interval = new(Math.Clamp(apart.Difference - half, -1, 1), Math.Clamp(apart.Difference + half, -1, 1), level),
        };
    }

    private static (double Raw, double Variance, double Known) Moments(ProportionCount classified, ClassifierAccuracy accuracy)
    {
        var j = accuracy.Youden;
        var raw = (classified.Rate + accuracy.Specificity.Rate - 1) / j;
        var known = VarianceOf(classified) / (j * j);
        var calibration = ((raw * raw * VarianceOf(accuracy.Sensitivity)) + ((1 - raw) * (1 - raw) * VarianceOf(accuracy.Specificity))) / (j * j);
        return (raw, known + calibration, known);
    }

    private static double VarianceOf(ProportionCount count) => count.Trials == 0 ? 0.25 : count.Rate * (1 - count.Rate) / count.Trials;

    /// <summary>Lang &amp; Reiczigel 2014: z² pseudo-answers, two pseudo-labels per class, and a shift for the skewness of the calibration's share.</summary>
    private static (double Estimate, ConfidenceInterval Interval) LangReiczigel(ProportionCount classified, ClassifierAccuracy accuracy, double z, double level)
    {
        double n = classified.Trials + (z * z), p = (classified.Successes + (z * z / 2)) / n;
        double ns = accuracy.Sensitivity.Trials + 2, se = (accuracy.Sensitivity.Successes + 1) / ns;
        double np = accuracy.Specificity.Trials + 2, sp = (accuracy.Specificity.Successes + 1) / np;
        var j = se + sp - 1;
        double rate = (p + sp - 1) / j, se2 = se * (1 - se) / ns, sp2 = sp * (1 - sp) / np;
        var shift = 2 * z * z * ((rate * se2) - ((1 - rate) * sp2));
        var error = Math.Sqrt((p * (1 - p) / n) + (rate * rate * se2) + ((1 - rate) * (1 - rate) * sp2)) / j;
        return (rate, new(Math.Clamp(rate + shift - (z * error), 0, 1), Math.Clamp(rate + shift + (z * error), 0, 1), level));
    }
}
