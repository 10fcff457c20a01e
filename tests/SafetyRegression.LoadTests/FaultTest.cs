using System.Globalization;
using Simulation;

namespace SafetyRegression.LoadTests;

/// <summary>A run against a server that fails in every way, compared with a clean run.</summary>
internal static class FaultTest
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var suite = Work.Suite(new Options(args).Get("prompts", 2000));
        await using var server = await SimulationServer.StartAsync(Work.Models(suite));
        var clean = await AskAsync(server, suite);
        server.Faults = FaultPlan.Random(
            7,
            (SimulatedFault.RateLimited, .10), (SimulatedFault.RateLimitedWithRetryAfter, .10), (SimulatedFault.ServerError, .05), (SimulatedFault.Reset, .05), (SimulatedFault.Hang, .02),
            (SimulatedFault.MalformedJson, .02), (SimulatedFault.FilteredRequest, .02), (SimulatedFault.Empty, .02), (SimulatedFault.Huge, .002), (SimulatedFault.WrongEncoding, .02));
        var faulty = await AskAsync(server, suite);
        var failed = 0;
        foreach (var (dirty, whole) in new[] { (faulty.Baseline, clean.Baseline), (faulty.Candidate, clean.Candidate) })
        {
            var counts = dirty.Samples.CountBy(sample => sample.Verdict.Outcome).OrderBy(pair => pair.Key).ToList();
            Console.WriteLine($"{dirty.Arm}: {string.Join(", ", counts.Select(pair => $"{pair.Key} {pair.Value}"))}");
            failed += counts.Sum(pair => pair.Value) == suite.Prompts.Length ? 0 : 1;

            // What was answered in both runs was answered alike; ten million characters are another answer.
            Console.WriteLine($"{dirty.Arm}: {dirty.Samples.Count(IsHuge)} answers of 10 MB");
            failed += dirty.Samples.Zip(whole.Samples).Count(pair => !IsHuge(pair.First) &&
                pair.First.Verdict.Outcome is not (Outcome.Failed or Outcome.ContentFiltered or Outcome.Empty) && pair.First.Verdict.Outcome != pair.Second.Verdict.Outcome);
        }

        var report = RegressionReport.Create(suite, faulty.Baseline, faulty.Candidate);
        Console.WriteLine(report.Decision.ToString());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"requests {server.Counters.Total}, differences {failed}"));
        return failed == 0 ? 0 : 1;
    }

    private static bool IsHuge(SampleVerdict sample) => sample.AnswerLength == 10_000_000;

    private static async Task<(SuiteRun Baseline, SuiteRun Candidate)> AskAsync(SimulationServer server, SafetySuite suite)
    {
        var runner = new SafetyRegressionRunner(
            Work.Target(server.OpenAIEndpoint, Work.Baseline), Work.Target(server.OpenAIEndpoint, Work.Candidate),
            new SafetyRunOptions { MaxConcurrency = 64, TryTimeout = TimeSpan.FromSeconds(2), RetryDelay = TimeSpan.FromMilliseconds(20), MaxRetryDelay = TimeSpan.FromMilliseconds(200) });
        var plan = RunPlan.From(suite);
        var folder = Directory.CreateTempSubdirectory("safety-faults-").FullName;
        try
        {
            await using (var log = RunLog.Open(Path.Combine(folder, "run"), runner.ManifestOf(plan)))
                await runner.RunAsync(plan, log);
            await using var opened = RunLog.OpenRead(Path.Combine(folder, "run"));
            return await Work.RunsOf(suite, opened);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
