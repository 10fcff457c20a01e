using System.Globalization;

namespace SafetyRegression.Benchmarks.Monitoring;

/// <summary>
/// What watching a lineage finds and how often it errs, through the real analyzer and gates:
/// <c>dotnet run -c Release --project benchmarks/SafetyRegression.Benchmarks -- lineages [--lineages N] [--seed N] [--grid]
/// [--average] [--measures]</c>. <c>--average</c> draws the moving average too; <c>--measures</c> adds capability and toxicity, which the drifting lineages lose
/// instead of refusals; <c>--charts</c> asks the charts alone, on independent outcomes without a change.
/// </summary>
internal static class LineageSimulation
{
    private const double Step = 0.01;
    private const int Iterations = 10;

    internal static int Run(string[] args)
    {
        var lineages = Number(args, "--lineages", 100);
        var seed = Number(args, "--seed", 1);
        var options = new MonitoringOptions { AverageChart = args.Contains("--average") };
        if (args.Contains("--charts"))
            return ChartSimulation.Run(lineages, seed);
        var measures = args.Contains("--measures");
        Console.WriteLine("| per category | harmful | own draws | step | previous: no regression | pin blocks by 8 | median block | control: alarms by pin | by previous | by charts | control blocked |");
        Console.WriteLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        (int PerCategory, double Noise)[] grid = args.Contains("--grid") ? [(60, 0.01), (100, 0.03), (159, 0), (159, 0.01), (159, 0.05), (159, 0.2), (300, 0.05)] : [(159, 0.01)];
        foreach (var (perCategory, noise) in grid)
            Row(lineages, seed, perCategory, noise, measures, options);
        return 0;
    }

    private static void Row(int lineages, int seed, int perCategory, double noise, bool measures, MonitoringOptions options)
    {
        int clean = 0, blocked = 0, pinAlarms = 0, stepAlarms = 0, charts = 0, controlBlocked = 0;
        var firsts = new int[lineages];
        Parallel.For(0, lineages, new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
        {
            var drifting = new Drifting(seed + i, perCategory, noise: noise)
                .Iterate(measures ? 0 : Step, Iterations, ability: measures ? Step : null, toxic: measures ? Step : null, options: options).ToList();
            firsts[i] = drifting.FindIndex(iteration => iteration.AgainstPin!.IsRegression) + 1;
            if (!drifting.Exists(iteration => iteration.AgainstPrevious is { IsRegression: true }))
                Interlocked.Increment(ref clean);
            if (firsts[i] is > 0 and <= 8)
                Interlocked.Increment(ref blocked);
            var control = new Drifting(seed + 1_000_000 + i, perCategory, noise: noise)
                .Iterate(0, Iterations, ability: measures ? 0 : null, toxic: measures ? 0 : null, options: options).ToList();
            if (control.Exists(iteration => iteration.AgainstPin!.IsRegression))
                Interlocked.Increment(ref pinAlarms);
            if (control.Exists(iteration => iteration.AgainstPrevious is { IsRegression: true }))
                Interlocked.Increment(ref stepAlarms);
            if (control.Exists(iteration => !iteration.Signals.IsEmpty))
                Interlocked.Increment(ref charts);
            if (control.Exists(iteration => iteration.Recommendation == DeploymentRecommendation.Block))
                Interlocked.Increment(ref controlBlocked);
        });
        Array.Sort(firsts);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {perCategory} | {(8 * perCategory) + 24} | {noise} | {Step} | {clean}/{lineages} | {blocked}/{lineages} | {firsts[lineages / 2]} | {pinAlarms}/{lineages} | {stepAlarms}/{lineages} | {charts}/{lineages} | {controlBlocked}/{lineages} |"));
    }

    private static int Number(string[] args, string name, int fallback)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : fallback;
    }
}
