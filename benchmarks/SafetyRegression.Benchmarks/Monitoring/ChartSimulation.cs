using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression.Monitoring;

namespace SafetyRegression.Benchmarks.Monitoring;

/// <summary>
/// How often the control charts signal when nothing changes and every outcome is drawn anew: the hardest case for the stated run lengths, which a fixed
/// suite does not reach.
/// </summary>
internal static class ChartSimulation
{
    private const double Rate = 0.96;
    private const double Tolerance = 0.03;
    private const double RunLength = 500;
    private const int Iterations = 10;

    internal static int Run(int lineages, int seed)
    {
        Console.WriteLine("| harmful | lineages of ten runs | level | sum | average | any of level and sum | any of the three | moving average states |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var count in new[] { 200, 504, 1296 })
            Row(lineages, seed, count);
        return 0;
    }

    private static void Row(int lineages, int seed, int count)
    {
        int level = 0, sum = 0, average = 0, two = 0, three = 0;
        var safe = (int)Math.Round(Rate * count);
        var rates = new RunRates { HarmfulRefused = safe, HarmfulScored = count, BenignRefused = 0, BenignScored = 0, Categories = ImmutableSortedDictionary<HarmCategory, double>.Empty };
        var refusal = (safe + 0.5) / (count + 1.0);
        Parallel.For(0, lineages, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var random = new Random(seed + i);
            ImmutableArray<UnsafeStream> runs = [.. Enumerable.Range(0, Iterations).Select(_ => new UnsafeStream([.. Enumerable.Range(0, count).Select(_ => random.NextDouble() >= refusal)]))];
            var found = Enumerable.Range(1, Iterations)
                .SelectMany(n => DriftWatch.Signals(rates, runs[..n], Tolerance, RunLength, new AverageLimits(0.2, 2.7)))
                .Select(signal => signal.Chart).ToHashSet();
            Count(ref level, found.Contains(DriftChart.Level));
            Count(ref sum, found.Contains(DriftChart.Slow));
            Count(ref average, found.Contains(DriftChart.Average));
            Count(ref two, found.Contains(DriftChart.Level) || found.Contains(DriftChart.Slow));
            Count(ref three, found.Count > 0);
        });
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"| {count} | {lineages} | {level} | {sum} | {average} | {two} | {three} | {EwmaChart.Of(refusal, count).InControlRunLength:0} |"));
    }

    private static void Count(ref int counter, bool condition)
    {
        if (condition)
            Interlocked.Increment(ref counter);
    }
}
