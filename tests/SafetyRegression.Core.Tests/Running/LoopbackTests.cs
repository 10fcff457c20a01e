using System.Collections.Concurrent;
using FineTuneGate;
using Microsoft.Extensions.Logging;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Simulated;
using Simulation;

namespace SafetyRegression.Tests.Running;

internal sealed class LoopbackTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SafetySuite _suite = SmallSuite.Of(20, 10, HarmCategory.Violence, HarmCategory.Privacy, HarmCategory.Deception);

    public void Dispose() => _folder.Dispose();

    [Test]
    [CancelAfter(120_000)]
    public async Task A_server_that_fails_in_every_way_costs_no_answer_and_changes_none(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(FaultPlan.None);
        var clean = await AskAsync(server, cancellationToken);
        server.Faults = FaultPlan.Random(
            11, (SimulatedFault.RateLimited, .18), (SimulatedFault.RateLimitedWithRetryAfter, .02), (SimulatedFault.ServerError, .05), (SimulatedFault.Reset, .05), (SimulatedFault.Hang, .02),
            (SimulatedFault.MalformedJson, .02), (SimulatedFault.HtmlPage, .02), (SimulatedFault.FilteredRequest, .04), (SimulatedFault.FilteredAnswer, .02), (SimulatedFault.Empty, .04),
            (SimulatedFault.WrongEncoding, .02), (SimulatedFault.NullFinish, .02));
        var dirty = await AskAsync(server, cancellationToken);
        foreach (var (was, now) in new[] { (clean.Baseline!, dirty.Baseline!), (clean.Candidate!, dirty.Candidate!) })
        {
            Assert.That(now.Samples, Has.Length.EqualTo(_suite.Prompts.Length), "every planned answer has one outcome");
            Assert.That(now.Samples.Count(s => s.Verdict.Outcome == Outcome.ContentFiltered), Is.InRange(1, 20));
            Assert.That(now.Samples.Count(s => s.Verdict.Outcome == Outcome.Empty), Is.InRange(1, 20));
            foreach (var (before, after) in was.Samples.Zip(now.Samples).Where(pair => pair.Second.Verdict.Outcome is not (Outcome.ContentFiltered or Outcome.Empty or Outcome.Failed)))
                Assert.That(after.Verdict.Outcome, Is.EqualTo(before.Verdict.Outcome), after.ItemId);
        }

        var report = RegressionReport.Create(_suite, dirty.Baseline!, dirty.Candidate!, cancellationToken: cancellationToken);
        Assert.That(report.Decision.Gates.Single(gate => gate.Id == "data-quality").Status, Is.Not.EqualTo(GateStatus.Passed));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task An_answer_of_ten_million_characters_is_recorded_read_back_and_judged(CancellationToken cancellationToken)
    {
        var huge = _suite.Prompts[0].Turns[0].Text;
        await using var server = await StartAsync(new FaultPlan { Choose = call => call.Request.Messages[^1].Text == huge ? SimulatedFault.Huge : null });
        var runner = new SafetyRegressionRunner(
            SimulatedTarget.Connect(server, SimulatedProfiles.Base.Name, 3), SimulatedTarget.Connect(server, SimulatedProfiles.Regressed.Name, 3), Some.Quick());
        var plan = RunPlan.From(_suite);
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
            Assert.That((await runner.RunAsync(plan, log, cancellationToken: cancellationToken)).End, Is.EqualTo(RunEnd.Completed));
        Assert.That(new FileInfo(_folder.Log).Length, Is.GreaterThan(20_000_000));
        await using var opened = RunLog.OpenRead(_folder.Run);
        var runs = await SuiteRunProjection.ProjectAsync(_suite, opened, new RegexClassifier(), cancellationToken: cancellationToken);
        Assert.That(opened.Count, Is.EqualTo(2 * _suite.Prompts.Length));
        Assert.That(runs.Candidate!.Samples.Single(sample => sample.AnswerLength == 10_000_000).ItemId, Is.EqualTo(_suite.Prompts[0].Id));
        Assert.That(runs.Candidate.Samples.Select(sample => sample.Verdict.Outcome), Has.None.EqualTo(Outcome.Failed));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Shards_asked_merged_and_analysed_give_the_report_of_an_unsharded_run(CancellationToken cancellationToken)
    {
        await using var server = await StartAsync(FaultPlan.None);
        var suite = Path.Combine(_folder.Path, "suite.jsonl");
        await using (var file = File.Create(suite))
            JsonLinesSuite.Write(_suite.Prompts, file);
        string[] run = ["run", "--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", SimulatedProfiles.Base.Name, "--candidate", SimulatedProfiles.Regressed.Name, "--suite", suite, "--runs", _folder.Run];
        Assert.That(await GateAsync([.. run, "--shard", "1/2"]), Is.EqualTo(ExitCode.Ok));
        Assert.That(await GateAsync(["merge", Path.Combine(_folder.Run, "shard-1-of-2"), "--into", At("early")]), Is.EqualTo(ExitCode.Usage), "a shard is missing");
        Assert.That(await GateAsync([.. run, "--shard", "2/2"]), Is.EqualTo(ExitCode.Ok));
        Assert.That(await GateAsync(["merge", Path.Combine(_folder.Run, "shard-1-of-2"), Path.Combine(_folder.Run, "shard-2-of-2"), "--into", At("merged")]), Is.EqualTo(ExitCode.Ok));
        var merged = await GateAsync(["analyse", At("merged"), "--suite", suite, "--out", At("a")]);
        var asked = server.Counters.Total;
        Assert.That(asked, Is.EqualTo(2 * _suite.Prompts.Length));
        var whole = await GateAsync([.. run, "--out", At("b")]);
        Assert.That(merged, Is.EqualTo(whole));
        Assert.That(Evidence(At("a")), Is.EqualTo(Evidence(At("b"))));

        async Task<int> GateAsync(string[] args)
        {
            await using var output = new StringWriter();
            return await FineTuneGate.Gate.RunAsync(args, output, output, cancellationToken);
        }
    }

    [Test]
    public async Task A_system_prompt_that_does_not_reach_the_model_leaves_its_answers_undetermined()
    {
        var suite = new SafetySuite("contexts", "1", Enumerable.Range(0, 6).SelectMany(i => new[] { null, "Be terse." }.Select(system => new SafetyPrompt
        {
            Id = $"p{i}{(system is null ? string.Empty : "-ctx")}",
            SeedId = $"p{i}",
            Category = HarmCategory.Privacy,
            Expected = i == 0 ? ExpectedBehavior.Comply : ExpectedBehavior.Refuse,
            SystemPrompt = system,
            Turns = [PromptMessage.User($"request {i}")],
            Variant = new PromptVariant { Context = system is null ? null : "terse@1" },
        })));
        FakeClient Counting(bool drops) => new((call, _) => Task.FromResult(new Microsoft.Extensions.AI.ChatResponse(new Microsoft.Extensions.AI.ChatMessage(Microsoft.Extensions.AI.ChatRole.Assistant, "fine"))
        {
            Usage = new Microsoft.Extensions.AI.UsageDetails { InputTokenCount = drops ? 4 : 4 * call.Messages.Count },
        }));
        using var baseline = Counting(drops: false);
        using var candidate = Counting(drops: true);
        var runner = Some.Runner(baseline, candidate);
        var plan = RunPlan.From(suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        var runs = await SuiteRunProjection.ProjectAsync(suite, log, new CountingClassifier());
        Assert.That(runs.Baseline!.Samples.Count(s => s.Verdict.Reason == UndeterminedReason.NotDelivered), Is.Zero);
        Assert.That(runs.Candidate!.Samples.Where(s => s.Verdict.Reason == UndeterminedReason.NotDelivered).Select(s => s.ItemId), Is.EquivalentTo(suite.Prompts.Where(p => p.SystemPrompt is not null).Select(p => p.Id)));
    }

    [Test]
    public async Task Two_arms_that_say_the_same_are_pointed_out()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var suite = Some.Suite(120);
        var runner = Some.Runner(baseline, candidate);
        var logger = new ListLogger();
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(RunPlan.From(suite)), new RunLogOptions { Logger = logger });
        await runner.RunAsync(RunPlan.From(suite), log);
        await SuiteRunProjection.ProjectAsync(suite, log, new Complying());
        Assert.That(logger.Lines, Is.EqualTo(new[] { "1310 120 of 120 answers that are no refusals are byte-identical between the arms: was a model compared with itself?" }));
    }

    private Task<SimulationServer> StartAsync(FaultPlan faults) =>
        SimulationServer.StartAsync(SimulatedProfiles.Models(TopicLookup.From(_suite), 3, SimulatedProfiles.Base, SimulatedProfiles.Regressed), faults);

    private async Task<ProjectedRuns> AskAsync(SimulationServer server, CancellationToken cancellationToken)
    {
        ModelTarget Target(string model) =>
            new(new OpenAIChatClientAdapter(server.OpenAIEndpoint, model, "none"), new TargetIdentity { Provider = "openai", Endpoint = server.OpenAIEndpoint, Model = model });
        var runner = new SafetyRegressionRunner(Target(SimulatedProfiles.Base.Name), Target(SimulatedProfiles.Regressed.Name), Some.Quick(o =>
        {
            o.MaxConcurrency = 32;
            o.MaxRetries = 12;
            o.MaxRateLimitRetries = 30;
            o.TryTimeout = TimeSpan.FromSeconds(2);
        }));
        var plan = RunPlan.From(_suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log, cancellationToken: cancellationToken);
        return await SuiteRunProjection.ProjectAsync(_suite, log, new RegexClassifier(), cancellationToken: cancellationToken);
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    /// <summary>The table of findings in the Markdown report: times and run ids are not in it.</summary>
    private static IEnumerable<string> Evidence(string folder) => File.ReadLines(Path.Combine(folder, "report.md")).Where(line => line.StartsWith('|'));

    private sealed class Complying : IResponseClassifier
    {
        public ClassifierIdentity Identity { get; } = new() { Name = "complying", Version = "1", Fingerprint = "c" };

        public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new ResponseVerdict { Outcome = Outcome.Compliance, Classifier = "complying" });
    }

    private sealed class ListLogger : ILogger
    {
        internal ConcurrentQueue<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Enqueue($"{eventId.Id} {formatter(state, exception)}");
    }
}
