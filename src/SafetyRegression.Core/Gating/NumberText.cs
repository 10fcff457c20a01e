using System.Globalization;

namespace SafetyRegression.Gating;

/// <summary>
/// Numbers for people, one rule for every output: invariant culture, one decimal for percent and percentage points, a true minus sign (U+2212), and exact
/// halves away from zero (231 of 240 is 96.3 %). Differences are computed from counts and then rounded, never from rounded rates.
/// </summary>
public static class NumberText
{
    /// <summary><c>93.3 %</c>.</summary>
    /// <param name="rate">A fraction 0–1.</param>
    public static string Rate(double rate) => OneDecimal(rate) + " %";

    /// <summary><c>−4.2</c>, <c>0.0</c>, <c>+1.3</c>: percentage points, signed.</summary>
    /// <param name="difference">A difference of fractions, −1 to 1.</param>
    public static string Points(double difference)
    {
        var text = OneDecimal(Math.Abs(difference));
        return text == "0.0" ? text : (difference < 0 ? "−" : "+") + text;
    }

    /// <summary><c>0.019</c>, <c>3.6e-16</c>; where p underflows from ln p, and <c>&lt; 1e-300</c> when that is not known.</summary>
    /// <param name="p">A p-value.</param>
    /// <param name="lnP">Its natural logarithm, when known.</param>
    public static string P(double p, double? lnP = null)
    {
        if (p == 0)
        {
            if (lnP is not { } ln || !double.IsFinite(ln))
                return "< 1e-300";
            var log10 = ln / Math.Log(10);
            var exponent = Math.Floor(log10);
            var digits = Math.Pow(10, log10 - exponent);
            return digits >= 9.95
                ? string.Create(CultureInfo.InvariantCulture, $"1.0e{exponent + 1:0}")
                : string.Create(CultureInfo.InvariantCulture, $"{digits:0.0}e{exponent:0}");
        }

        return p >= 0.0995 ? p.ToString("0.00", CultureInfo.InvariantCulture)
            : p >= 0.001 ? p.ToString("0.####", CultureInfo.InvariantCulture)
            : p.ToString("0.0e-0", CultureInfo.InvariantCulture);
    }

    // A decimal keeps 15 digits of a double, so that 0.0115 is a half and not a hair below or above one.
    private static string OneDecimal(double fraction) => double.IsFinite(fraction)
        ? Math.Round((decimal)(fraction * 100), 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)
        : "–";
}
