using SafetyRegression.Statistics;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>The exact coverage of Tango's 98 % interval, summed over all tables; computed once.</summary>
internal static class TangoCoverage
{
    public static readonly int[] Sizes = [100, 150, 200, 300, 400];

    private static readonly Lazy<List<Setting>> All = new(Enumerate);

    public static int Count => All.Value.Count;

    /// <summary>The settings that cover less than 97.5 %, the least first.</summary>
    public static IReadOnlyList<Setting> Below => [.. All.Value.Where(setting => setting.Cover < 0.975).OrderBy(setting => setting.Cover)];

    public static Setting Least => All.Value.MinBy(setting => setting.Cover)!;

    public static Setting MostAbove => All.Value.MaxBy(setting => setting.Above)!;

    private static List<Setting> Enumerate() =>
    [
        .. from pairs in Sizes
           from flips in Enumerable.Range(1, 40)
           from tilt in Enumerable.Range(0, 11)
           select Of(pairs, flips / 100.0, -flips / 100.0 * tilt / 10.0),
    ];

    public static Setting Of(int pairs, double flips, double change)
    {
        var z = -Normal.Quantile(0.01);
        var share = (flips - change) / 2 / flips;
        var (from, to) = PairedPower.Range(pairs, flips);
        double cover = 0, above = 0;
        for (var n = from; n <= to; n++)
        {
            var chance = Binomial.LnPmf(n, pairs, flips, 1 - flips);
            if (chance < -30)
                continue;
            for (var worse = 0; worse <= n; worse++)
            {
                var ln = share >= 1 ? (worse == n ? 0 : double.NegativeInfinity) : Binomial.LnPmf(worse, n, share, 1 - share);
                if (chance + ln < -34)
                    continue;
                var p = Math.Exp(chance + ln);
                var statistic = TangoScore.Statistic(worse, n - worse, pairs, change);
                cover += Math.Abs(statistic) <= z ? p : 0;
                above += statistic > z ? p : 0;
            }
        }

        return new Setting(pairs, flips, change, cover, above);
    }

    internal sealed record Setting(int Pairs, double Flips, double Change, double Cover, double Above)
    {
        public double ShareForTheWorse => (Flips - Change) / 2 / Flips;
    }
}
