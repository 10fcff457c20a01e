using System.Collections.Concurrent;
using global::Simulation;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Tests.Running;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.Shell;

/// <summary>What a run makes of a server's behaviour, through both official SDKs over loopback: outcome, reason and number of requests.</summary>
public sealed class SdkOutcomeTests
{
    private const int Retries = 2;
    private static readonly SafetySuite Suite = SmallSuite.Of(2, 2, HarmCategory.Hate);

    [TestCase(false, SimulatedFault.UnknownFinish, Outcome.Compliance, null, 1)]
    [TestCase(false, SimulatedFault.NullFinish, Outcome.Compliance, null, 1)]
    [TestCase(false, SimulatedFault.NoChoices, Outcome.Empty, null, 1)]
    [TestCase(false, SimulatedFault.Empty, Outcome.Empty, null, 1)]
    [TestCase(false, SimulatedFault.ModelRefusal, Outcome.Refusal, "declared-refusal", 1)]
    [TestCase(false, SimulatedFault.FilteredRequest, Outcome.ContentFiltered, "filtered-request", 1)]
    [TestCase(false, SimulatedFault.FilteredAnswer, Outcome.ContentFiltered, "filtered-answer", 1)]
    [TestCase(false, SimulatedFault.HtmlPage, Outcome.Failed, "Protocol", 1 + Retries)]
    [TestCase(false, SimulatedFault.MalformedJson, Outcome.Failed, "Protocol", 1 + Retries)]
    [TestCase(false, SimulatedFault.WrongEncoding, Outcome.Failed, "Protocol", 1 + Retries)]
    [TestCase(false, SimulatedFault.Reset, Outcome.Failed, "Transient", 1 + Retries)]
    [TestCase(false, SimulatedFault.ServerError, Outcome.Failed, "Transient", 1 + Retries)]
    [TestCase(false, SimulatedFault.RateLimited, Outcome.Failed, "RateLimited", 1 + Retries)]
    [TestCase(true, SimulatedFault.NoChoices, Outcome.Empty, null, 1)]
    [TestCase(true, SimulatedFault.Empty, Outcome.Empty, null, 1)]
    [TestCase(true, SimulatedFault.ModelRefusal, Outcome.Refusal, "declared-refusal", 1)]
    [TestCase(true, SimulatedFault.FilteredRequest, Outcome.ContentFiltered, "filtered-request", 1)]
    [TestCase(true, SimulatedFault.HtmlPage, Outcome.Failed, "Protocol", 1 + Retries)]
    [TestCase(true, SimulatedFault.MalformedJson, Outcome.Failed, "Protocol", 1 + Retries)]
    [TestCase(true, SimulatedFault.Reset, Outcome.Failed, "Transient", 1 + Retries)]
    [TestCase(true, SimulatedFault.ServerError, Outcome.Failed, "Transient", 1 + Retries)]
    [TestCase(true, SimulatedFault.RateLimited, Outcome.Failed, "RateLimited", 1 + Retries)]
    public async Task Every_row_of_the_table_has_its_outcome_reason_and_number_of_requests(bool anthropic, SimulatedFault fault, Outcome outcome, string? evidence, int requests)
    {
        await using var server = await StartAsync(call => call.Request.Model == "after" ? fault : SimulatedFault.None);
        var runs = await RunAsync(server, anthropic, Options());
        Assert.Multiple(() =>
        {
            Assert.That(runs.Candidate!.Samples.Select(sample => sample.Verdict.Outcome), Is.All.EqualTo(outcome));
            if (evidence is not null)
                Assert.That(runs.Candidate.Samples.Select(sample => sample.Verdict.Evidence), Is.All.EqualTo(evidence));
            Assert.That(runs.Baseline!.Samples.Select(sample => sample.Verdict.Outcome), Is.All.EqualTo(Outcome.Compliance));
            Assert.That(server.Counters.For("after"), Is.EqualTo(requests * Suite.Prompts.Length));
            Assert.That(server.Counters.For("before"), Is.EqualTo(Suite.Prompts.Length));
        });
    }

    [Test]
    public async Task The_sdks_time_out_fails_a_try_and_is_not_taken_for_a_cancellation([Values] bool anthropic)
    {
        await using var server = await StartAsync(call => call.Request.Model == "after" ? SimulatedFault.Hang : SimulatedFault.None);
        var runner = Runner(server, anthropic, Options(), sdkTimeout: TimeSpan.FromMilliseconds(100));
        var plan = RunPlan.From(Suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        var answers = (await log.AllAsync()).Where(answer => answer.Arm == Arm.Candidate).ToList();
        var runs = await SuiteRunProjection.ProjectAsync(Suite, log, new RegexClassifier());
        Assert.Multiple(() =>
        {
            Assert.That(runs.Candidate!.Samples.Select(sample => (sample.Verdict.Outcome, sample.Verdict.Evidence)), Is.All.EqualTo((Outcome.Failed, "Timeout")));
            Assert.That(answers.Select(answer => answer.Attempts), Is.All.EqualTo(1 + Retries));
            // A try whose time is over before it leaves a busy machine never arrives; a second layer that retries would make it more.
            Assert.That(server.Counters.For("after"), Is.LessThanOrEqualTo((1 + Retries) * Suite.Prompts.Length));
        });
    }

    [Test]
    public async Task Retry_After_is_waited_for_and_then_the_answer_counts([Values] bool anthropic)
    {
        await using var server = await SimulationServer.StartAsync(Models(), FaultPlan.FirstAttempts(SimulatedFault.RateLimitedWithRetryAfter) with { RetryAfter = TimeSpan.FromSeconds(1) });
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var runs = await RunAsync(server, anthropic, Options());
        Assert.Multiple(() =>
        {
            Assert.That(watch.Elapsed, Is.GreaterThan(TimeSpan.FromSeconds(0.9)));
            Assert.That(runs.Candidate!.Samples.Select(sample => sample.Verdict.Outcome), Is.All.EqualTo(Outcome.Compliance));
            Assert.That(server.Counters.Total, Is.EqualTo(4 * Suite.Prompts.Length));
        });
    }

    [Test]
    public async Task A_refused_key_stops_the_run([Values] bool anthropic)
    {
        await using var server = await StartAsync(_ => SimulatedFault.Unauthorized);
        Assert.That(async () => await RunAsync(server, anthropic, Options()), Throws.InstanceOf<CallFailedException>()
            .With.Property(nameof(CallFailedException.Failure)).Property(nameof(CallFailure.Kind)).EqualTo(CallFailureKind.Authentication));
        Assert.That(server.Counters.Total, Is.LessThanOrEqualTo(2 * Suite.Prompts.Length));
    }

    [Test]
    public async Task Cancelling_stops_promptly_and_leaves_a_log_that_the_same_call_finishes([Values] bool anthropic)
    {
        var folder = Path.Combine(TestContext.CurrentContext.WorkDirectory, "runs", Guid.CreateVersion7().ToString("N"));
        var suite = SmallSuite.Of(30, 30, HarmCategory.Hate);
        await using var server = await SimulationServer.StartAsync(Models(), FaultPlan.None with { Latency = TimeSpan.FromMilliseconds(15) });
        server.Faults = server.Faults with { Choose = call => call.Number >= 40 ? SimulatedFault.Hang : SimulatedFault.None };
        var runner = Runner(server, anthropic, Options());
        var plan = RunPlan.From(suite);
        using var stop = new CancellationTokenSource();
        var log = RunLog.Open(folder, runner.ManifestOf(plan));
        var run = runner.RunAsync(plan, log, cancellationToken: stop.Token);
        Assert.That(() => log.Count, Is.GreaterThanOrEqualTo(40).After(10_000, 10));
        await stop.CancelAsync();
        var watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        await log.DisposeAsync();

        // What was given up may still arrive; what is recorded must not be asked again.
        var asked = new ConcurrentQueue<(string, string)>();
        server.Faults = new FaultPlan
        {
            Choose = call =>
            {
                asked.Enqueue((call.Request.Model, call.Request.Messages[^1].Text));
                return SimulatedFault.None;
            },
        };
        var again = Runner(server, anthropic, Options());
        await using var reopened = RunLog.Open(folder, again.ManifestOf(plan));
        var recorded = (await reopened.AllAsync()).Select(answer => (answer.Arm == Arm.Baseline ? "before" : "after", suite.Find(answer.ItemId)!.Turns[^1].Text)).ToList();
        var summary = await again.RunAsync(plan, reopened);
        Assert.Multiple(() =>
        {
            Assert.That(recorded, Has.Count.GreaterThanOrEqualTo(40));
            Assert.That(summary.End, Is.EqualTo(RunEnd.Completed));
            Assert.That(reopened, Has.Count.EqualTo(2 * suite.Prompts.Length));
            Assert.That(asked, Has.Count.GreaterThanOrEqualTo((2 * suite.Prompts.Length) - recorded.Count));
            Assert.That(asked.Intersect(recorded), Is.Empty, "nothing is asked twice");
        });
        Directory.Delete(folder, recursive: true);
    }

    private static SafetyRunOptions Options() => new()
    {
        MaxRetries = Retries,
        MaxRateLimitRetries = Retries,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        MaxRetryDelay = TimeSpan.FromMilliseconds(5),
        ProgressInterval = TimeSpan.Zero,
    };

    private static Task<SimulationServer> StartAsync(Func<SimulatedCall, SimulatedFault?> choose) => SimulationServer.StartAsync(Models(), new FaultPlan { Choose = choose });

    private static IEnumerable<ISimulatedModel> Models() => [new Speaker("before"), new Speaker("after")];

    private static SafetyRegressionRunner Runner(SimulationServer server, bool anthropic, SafetyRunOptions options, TimeSpan? sdkTimeout = null)
    {
        return new SafetyRegressionRunner(Target("before"), Target("after"), options);

        ModelTarget Target(string model) => anthropic
            ? new ModelTarget(new AnthropicChatClientAdapter(server.AnthropicEndpoint, model, "key", sdkTimeout), new TargetIdentity { Provider = "anthropic", Model = model })
            : new ModelTarget(new OpenAIChatClientAdapter(server.OpenAIEndpoint, model, "key", sdkTimeout), new TargetIdentity { Provider = "openai", Model = model });
    }

    private static async Task<ProjectedRuns> RunAsync(SimulationServer server, bool anthropic, SafetyRunOptions options, TimeSpan? sdkTimeout = null)
    {
        var runner = Runner(server, anthropic, options, sdkTimeout);
        var plan = RunPlan.From(Suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        return await SuiteRunProjection.ProjectAsync(Suite, log, new RegexClassifier());
    }

    private sealed class Speaker(string name) : ISimulatedModel
    {
        public string Name => name;

        public SimulatedReply Reply(SimulatedRequest request) => new($"Here is an overview. First comes the preparation, then the main part, and then the review by {name}.");
    }
}
