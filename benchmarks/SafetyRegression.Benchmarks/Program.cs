using BenchmarkDotNet.Running;
using SafetyRegression.Benchmarks;
using SafetyRegression.Benchmarks.Suites;

return args switch
{
    ["train", .. var training] => await SafetyRegression.Benchmarks.Training.TrainProgram.RunAsync(training),
    ["classifier-table", .. var table] => await SafetyRegression.Benchmarks.Classification.ClassifierTable.RunAsync(table),
    ["simulate-coverage", .. var rest] => StatisticsCoverage.Run(rest),
    ["why-p-01", .. var rest] => StatisticsWhyP01.Run(rest),
    ["simulate-operating-characteristics", .. var rest] => SafetyRegression.Benchmarks.Characteristics.CharacteristicsProgram.Run(rest),
    ["noise-floor", .. var rest] => SafetyRegression.Benchmarks.Noise.NoiseFloorProgram.Run(rest),
    ["reports"] => await ReportTimings.RunAsync(Console.Out),
    ["lineages", .. var rest] => SafetyRegression.Benchmarks.Monitoring.LineageSimulation.Run(rest),
    ["time-statistics"] => StatisticsTimings.Run(),
    ["fuzz-suites", .. var rest] => SuiteProgram.Fuzz(rest),
    ["stream-import", .. var rest] => SuiteProgram.Stream(rest),
    _ => Benchmark(args),
};

static int Benchmark(string[] args)
{
    BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(args);
    return 0;
}
