using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Statistics;

/// <summary>The formulas behind <see cref="Proportion"/>, for n ≥ 1.</summary>
internal static class ProportionLimits
{
    public static (double Lower, double Upper) Wald(double rate, double count, double z)
    {
        var half = z * Math.Sqrt(rate * (1 - rate) / count);
        return (Math.Max(0, rate - half), Math.Min(1, rate + half));
    }

    public static (double Lower, double Upper) Wilson(double successes, double count, double z)
    {
        return (Lower(successes), 1 - Lower(count - successes));

        // The product of both roots is x²/(n (n + z²)); dividing by the larger root keeps small limits accurate.
        double Lower(double x)
        {
            var square = z * z;
            var larger = x + (square / 2) + (z * Math.Sqrt((x * (count - x) / count) + (square / 4)));
            return x.Equals(0) ? 0 : x * x / count / larger;
        }
    }

    public static (double Lower, double Upper) WilsonCorrected(double successes, double count, double z)
    {
        return (Lower(successes), 1 - Lower(count - successes));

        double Lower(double x)
        {
            if (x.Equals(0))
            {
                return 0;
            }

            double n = count, square = z * z, p = x / n;
            var root = z * Math.Sqrt(Math.Max(0, square - 2 - (1 / n) + (4 * p * ((n * (1 - p)) + 1))));
            return Math.Clamp(((2 * x) + square - 1 - root) / (2 * (n + square)), 0, 1);
        }
    }

    public static (double Lower, double Upper) Jeffreys(int successes, int count, double tail)
    {
        double a = successes + 0.5, b = count - successes + 0.5;
        return (
            successes == 0 ? 0 : Beta.Quantile(a, b, tail),
            successes == count ? 1 : 1 - Beta.Quantile(b, a, tail));
    }

    public static (double Lower, double Upper) ClopperPearson(int successes, int count, double tail)
    {
        return (Lower(successes, count), 1 - Lower(count - successes, count));

        double Lower(int x, int n)
        {
            if (x == 0)
            {
                return 0;
            }

            return x == n ? Math.Exp(Math.Log(tail) / n) : Beta.Quantile(x, n - x + 1.0, tail);
        }
    }

    public static (double Lower, double Upper) MidP(int successes, int count, double tail)
    {
        return (Lower(successes, count), 1 - Lower(count - successes, count));

        double Lower(int x, int n)
        {
            if (x == 0)
            {
                return 0;
            }

            if (x == n)
            {
                return Math.Exp(Math.Log(2 * tail) / n);
            }

            // P(X > x) + P(X = x)/2 rises with the rate; solved on the logit so that small limits keep their digits.
            var logit = RootFinder.Find(
                (x, n, target: Math.Log(tail)),
                static (u, s) => Binomial.LnUpper(s.x, s.n, 1 / (1 + Math.Exp(-u)), 0.5) - s.target,
                -60,
                Math.Log((x + 0.5) / (n - x + 0.5)) + 1e-9);
            return 1 / (1 + Math.Exp(-logit));
        }
    }
}
