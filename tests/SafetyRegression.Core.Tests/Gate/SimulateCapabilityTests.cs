using System.Globalization;
using NUnit.Framework;
using SafetyRegression.Capability;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.Gate;

/// <summary>The whole way: two simulated models over HTTP, safety prompts and capability questions, one report.</summary>
public sealed class SimulateCapabilityTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("simulate-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Tuning_that_cost_arithmetic_blocks_and_an_interrupted_run_is_finished_by_the_same_command()
    {
        var suite = Path.Combine(_folder, "small.jsonl");
        SafetyRegression.Suites.JsonLinesSuite.Save(SmallSuite.Of(30, 30, HarmCategory.Privacy), suite);
        var questions = Path.Combine(_folder, "questions.jsonl");
        CapabilityJsonLines.Save(new CapabilitySuite("q", "1", BuiltInCapabilitySuite.Load().Items.Where(item => item.Task == "arithmetic").Take(150)), questions);
        string[] args = ["simulate", "--simulate", "less-capable", "--suite", suite, "--capability", questions, "--runs", Path.Combine(_folder, "runs"), "--out", Path.Combine(_folder, "out")];

        var first = await RunAsync([.. args, "--max-calls", "100"]);
        var second = await RunAsync(args);
        var report = ReportJson.Read(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "report.json")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Code, Is.EqualTo(3), first.Output);
            Assert.That(second.Code, Is.EqualTo(20), second.Output);
            Assert.That(Directory.GetDirectories(Path.Combine(_folder, "runs")), Has.Length.EqualTo(1));
            Assert.That(report.Analysis.Capability!.Tasks.Single().Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(report.Analysis.Capability.Tasks.Single().Pairs, Is.EqualTo(150));
            Assert.That(report.Analysis.OverallHarmful.Pairs, Is.EqualTo(30));
            Assert.That(report.Decision.Gates.Single(gate => gate.Id == "capability").Status, Is.EqualTo(GateStatus.Failed));
        }
    }

    [Test]
    public async Task Shards_with_capability_questions_merge_to_the_findings_of_the_unsharded_run()
    {
        var suite = Path.Combine(_folder, "small.jsonl");
        SafetyRegression.Suites.JsonLinesSuite.Save(SmallSuite.Of(20, 20, HarmCategory.Privacy), suite);
        var questions = Path.Combine(_folder, "questions.jsonl");
        CapabilityJsonLines.Save(new CapabilitySuite("q", "1", BuiltInCapabilitySuite.Load().Items.Where((_, i) => i % 15 == 0)), questions);
        string[] what = ["--suite", suite, "--capability", questions];
        string[] run = ["simulate", "--simulate", "less-capable", .. what];
        foreach (var shard in new[] { "1/3", "2/3", "3/3" })
        {
            var (code, output) = await RunAsync([.. run, "--shard", shard, "--runs", At("shards")]);
            Assert.That(code, Is.Zero, output);
        }

        string[] parts = [.. Directory.GetDirectories(At("shards")).Order(StringComparer.Ordinal)];
        var short_ = await RunAsync(["merge", .. parts[..2], "--into", At("short")]);
        var merged = await RunAsync(["merge", .. parts, "--into", At("merged")]);
        var unnamed = await RunAsync(["analyse", At("merged"), "--suite", suite, "--out", At("a")]);
        var analysed = await RunAsync(["analyse", At("merged"), .. what, "--out", At("a")]);
        var whole = await RunAsync([.. run, "--runs", At("whole"), "--out", At("b")]);
        var (a, b) = (ReadReport("a"), ReadReport("b"));
        await File.AppendAllTextAsync(Path.Combine(parts[1], "plan.json"), " ");
        var mixed = await RunAsync(["merge", .. parts, "--into", At("mixed")]);
        var after = await RunAsync(["analyse", At("mixed"), .. what, "--out", At("c")]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(short_.Code, Is.EqualTo(2), "a shard is missing");
            Assert.That(merged.Code, Is.Zero, merged.Output);
            Assert.That(merged.Output, Does.Contain("Capability questions: 120 of 120"));
            Assert.That(unnamed.Code, Is.EqualTo(2), "the questions are not the built-in ones");
            Assert.That(analysed.Code, Is.EqualTo(whole.Code), analysed.Output);
            Assert.That(a.Analysis.Capability!.Tasks.Sum(task => task.Pairs), Is.EqualTo(60));
            Assert.That(Json(a.Analysis.Capability), Is.EqualTo(Json(b.Analysis.Capability!)));
            Assert.That(merged.Output, Does.Contain("frozen the same plan"));
            Assert.That((a.Seal!.Timing, a.Seal.Plan), Is.EqualTo((PlanTiming.BeforeAnswers, b.Seal!.Plan)), "every shard froze the plan of the whole");
            Assert.That(mixed.Output, Does.Contain("had not all frozen the same plan"));
            Assert.That((after.Code, ReadReport("c").Seal!.Timing), Is.EqualTo((whole.Code, PlanTiming.AfterAnswers)));
            Assert.That(a.Analysis.OverallHarmful.ToString(), Is.EqualTo(b.Analysis.OverallHarmful.ToString()));
        }

        static string Json(CapabilityAnalysis analysis) => System.Text.Json.JsonSerializer.Serialize(analysis);
    }

    [Test]
    public async Task One_budget_serves_the_safety_prompts_and_the_capability_questions()
    {
        var suite = Path.Combine(_folder, "small.jsonl");
        SafetyRegression.Suites.JsonLinesSuite.Save(SmallSuite.Of(10, 10, HarmCategory.Privacy), suite);
        var questions = Path.Combine(_folder, "questions.jsonl");
        CapabilityJsonLines.Save(new CapabilitySuite("q", "1", BuiltInCapabilitySuite.Load().Items.Take(30)), questions);
        string[] args = ["simulate", "--suite", suite, "--capability", questions, "--runs", At("runs"), "--out", At("out")];
        var first = await RunAsync([.. args, "--max-calls", "70"]);
        var second = await RunAsync(args);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.Code, Is.EqualTo(3), first.Output);
            Assert.That(first.Output, Does.Contain("70 calls"));
            Assert.That(second.Output, Does.Contain("30 calls"), "40 safety and 30 capability answers were there");
            Assert.That(Directory.GetDirectories(At("runs")), Has.Length.EqualTo(1));
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private RegressionReport ReadReport(string folder) => ReportJson.Read(File.ReadAllText(Path.Combine(At(folder), "report.json")));

    private static async Task<(int Code, string Output)> RunAsync(string[] args)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await FineTuneGate.Gate.RunAsync(args, output, output);
        return (code, output.ToString());
    }
}
