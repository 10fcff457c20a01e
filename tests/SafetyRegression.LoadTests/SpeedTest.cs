using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using Simulation;

namespace SafetyRegression.LoadTests;

/// <summary>The runner with a durable log against a bare loop over the same client, in interleaved rounds.</summary>
internal static class SpeedTest
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new Options(args);
        var (latency, concurrency, prompts, rounds) = (options.Get("latency", 50), options.Get("concurrency", 100), options.Get("prompts", 2000), options.Get("rounds", 7));
        var suite = Work.Suite(prompts);
        await using var server = await SimulationServer.StartAsync([new LongAnswers(Work.Baseline), new LongAnswers(Work.Candidate)], new FaultPlan { Latency = TimeSpan.FromMilliseconds(latency) });
        var (ratios, processor) = (new List<double>(), new List<double>());
        var warm = Stopwatch.StartNew();
        for (var round = -3; round < rounds; round++)
        {
            var (baseline, candidate) = (Work.Target(server.OpenAIEndpoint, Work.Baseline), Work.Target(server.OpenAIEndpoint, Work.Candidate));
            var bare = round % 2 == 0 ? await BareAsync(suite, baseline.Client, candidate.Client, concurrency) : default;
            var ours = await OursAsync(suite, baseline, candidate, concurrency);
            if (bare == default)
                bare = await BareAsync(suite, baseline.Client, candidate.Client, concurrency);
            if (round < 0)
            {
                // Both are compiled once for all before they are measured.
                if (round == -1 && warm.Elapsed < WarmUp)
                    round--;
                continue;
            }

            ratios.Add(ours.Wall / bare.Wall);
            processor.Add(ours.Processor / bare.Processor);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: bare {bare.Wall:F3} s (processor {bare.Processor:F3}), runner {ours.Wall:F3} s (processor {ours.Processor:F3}), wall {ratios[^1]:F3}, throughput {1 / ratios[^1]:F3}"));
        }

        ratios.Sort();
        processor.Sort();
        var median = ratios[ratios.Count / 2];
        var ideal = 2.0 * prompts * latency / concurrency / 1000;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"latency {latency} ms, {concurrency} in flight, {prompts} prompts x 2: median wall {median:F3} x the bare loop, throughput {1 / median:F3}, processor time {processor[processor.Count / 2]:F3} x (server included; ideal {ideal:F2} s)"));
        return 0;
    }

    private static async Task<(double Wall, double Processor)> BareAsync(SafetySuite suite, IChatClient baseline, IChatClient candidate, int concurrency)
    {
        var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var calls = suite.Prompts.SelectMany(prompt => new[] { (prompt, baseline), (prompt, candidate) });
        await Parallel.ForEachAsync(calls, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, static async (call, token) =>
        {
            var response = await call.Item2.GetResponseAsync([new ChatMessage(ChatRole.User, call.prompt.Turns[0].Text)], new ChatOptions { Temperature = 0, MaxOutputTokens = 1024 }, token);
            _ = response.Text;
        });
        return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
    }

    private static async Task<(double Wall, double Processor)> OursAsync(SafetySuite suite, ModelTarget baseline, ModelTarget candidate, int concurrency)
    {
        var folder = Directory.CreateTempSubdirectory("safety-speed-").FullName;
        try
        {
            var (watch, processor) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
            var runner = new SafetyRegressionRunner(baseline, candidate, new SafetyRunOptions { MaxConcurrency = concurrency });
            var plan = RunPlan.From(suite);
            await using (var log = RunLog.Open(Path.Combine(folder, "run"), runner.ManifestOf(plan)))
                await runner.RunAsync(plan, log);
            return (watch.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
