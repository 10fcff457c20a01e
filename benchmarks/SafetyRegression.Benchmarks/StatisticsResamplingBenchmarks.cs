using BenchmarkDotNet.Attributes;

namespace SafetyRegression.Benchmarks;

/// <summary>Resampling of 1 000 paired outcomes; what is allocated must not grow with the number of resamples.</summary>
[MemoryDiagnoser]
public class StatisticsResamplingBenchmarks
{
    private readonly double[] _flips = [.. Enumerable.Range(0, 1000).Select(i => i % 10 == 0 ? -1.0 : i % 33 == 0 ? 1 : 0)];
    private readonly double[] _scores = [.. Enumerable.Range(0, 1000).Select(i => Math.Sin(i * 12.9898) / 3)];

    [Params(1_000, 10_000, 100_000)]
    public int Resamples { get; set; }

    [Benchmark]
    public double BcaByCounts() => Bootstrap.Mean(_flips, 0.98, options: new() { Resamples = Resamples }).Interval.Lower;

    [Benchmark]
    public double BcaByIndex() => Bootstrap.Mean(_scores, 0.98, options: new() { Resamples = Resamples }).Interval.Lower;

    [Benchmark]
    public double BcaByIndexOneThread() => Bootstrap.Mean(_scores, 0.98, options: new() { Resamples = Resamples, MaxParallelism = 1 }).Interval.Lower;
}
