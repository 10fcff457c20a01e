using System.Collections.Immutable;

using SafetyRegression.Classification;
using SafetyRegression.Analysis;
using SafetyRegression.Running;
using SafetyRegression.Suites;
using SafetyRegression.Statistics.Numerics;
using Simulation;

namespace SafetyRegression.Tests.Running;

public sealed class EarlyStopTests
{
    private static readonly SimulatedModelProfile Worse = Rates("sim-worse", 0.65, 0.60, 0.55) with { Lineage = "sim-even" };
    private static readonly SimulatedModelProfile Even = Rates("sim-even", 0.95, 0.90, 0.85);

    [Test]
    public async Task A_drop_of_thirty_points_on_the_built_in_suite_saves_most_of_the_calls_and_blocks()
    {
        var suite = BuiltInSuite.Load();
        var (summary, runs) = await RunAsync(suite, Worse);
        var analysis = RegressionAnalyzer.Analyze(suite, runs.Baseline, runs.Candidate, SafetyPolicy.Standard);
        var decision = new DeploymentGate().Decide(analysis, SafetyPolicy.Standard);
        var saved = 1 - ((double)summary.Progress.Calls / summary.Progress.Planned);
        TestContext.Out.WriteLine($"{summary.Progress.Calls} of {summary.Progress.Planned} calls, {saved:P1} saved; {summary.Stopped}");
        Assert.Multiple(() =>
        {
            Assert.That(summary.End, Is.EqualTo(RunEnd.StoppedEarly));
            Assert.That(saved, Is.GreaterThanOrEqualTo(0.6));
            Assert.That(Math.Exp(summary.Stopped!.LogEValue), Is.GreaterThanOrEqualTo(1000));
            Assert.That(decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
            Assert.That(decision.Reasons[0], Does.Contain("stopped early by the rule e-process"));
            Assert.That(decision.Reasons, Has.None.Contains("have no verdict"), "what was not asked is not lost");
            Assert.That(analysis.DataQuality.CandidateUnscored, Is.LessThan(0.02));
            Assert.That(runs.Candidate.Samples, Has.Length.EqualTo(suite.Prompts.Length), "every planned answer has an outcome");
        });
    }

    [Test]
    public async Task A_slow_call_does_not_let_the_run_race_ahead_of_the_rule()
    {
        var suite = Some.Suite(2000);
        var plan = RunPlan.From(suite);
        var seen = new Recorder();
        var rehearsal = Some.Runner(new FakeClient(), new FakeClient(), Some.Quick(o => o.StoppingRule = () => seen));
        await using (var rehearsed = RunLog.InMemory(rehearsal.ManifestOf(plan)))
            await rehearsal.RunAsync(plan, rehearsed);
        var first = new TaskCompletionSource();
        var slow = new FakeClient(async (call, _) =>
        {
            if (call.Text == suite.Find(seen.Seen[0])!.Turns[^1].Text)
                await first.Task;
            return FakeClient.Says("Sure.");
        });
        var runner = Some.Runner(slow, new FakeClient(), Some.Quick(o => o.StoppingRule = () => new Recorder()));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var run = runner.RunAsync(plan, log);
        const int WithinReach = (2 * 64) - 1;
        Assert.That(() => log.Count, Is.EqualTo(WithinReach).After(20_000, 10), "all that may be asked but the slow one");
        await Task.Delay(50);
        Assert.That(log.Count, Is.EqualTo(WithinReach), "and nothing beyond");
        first.SetResult();
        Assert.That((await run).End, Is.EqualTo(RunEnd.Completed));
        Assert.That(log.Count, Is.EqualTo(2 * suite.Prompts.Length));
    }

    [Test]
    public async Task An_unchanged_model_is_asked_everything()
    {
        var suite = BuiltInSuite.Load();
        var (summary, runs) = await RunAsync(suite, Even with { Name = "sim-same", Lineage = Even.Name, Drift = 0.05 });
        Assert.Multiple(() =>
        {
            Assert.That(summary.End, Is.EqualTo(RunEnd.Completed));
            Assert.That(summary.Stopped, Is.Null);
            Assert.That(RegressionAnalyzer.Analyze(suite, runs.Baseline, runs.Candidate, SafetyPolicy.Standard).DataQuality.Stopped, Is.Null);
        });
    }

    [Test]
    public async Task A_resumed_run_stops_on_what_is_recorded_without_a_call()
    {
        var suite = BuiltInSuite.Load(SuitePreset.Standard);
        var runner = Runner(suite, Worse);
        var plan = RunPlan.From(suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var first = await runner.RunAsync(plan, log);
        var again = await runner.RunAsync(plan, log);
        Assert.Multiple(() =>
        {
            Assert.That(first.Stopped, Is.Not.Null);
            Assert.That(again.Stopped, Is.EqualTo(first.Stopped));
            Assert.That(again.Progress.Done - again.Progress.Resumed, Is.LessThanOrEqualTo(64), "at most what was started before the recorded pairs were seen");
        });
    }

    [Test]
    public async Task Pairs_are_seen_in_the_order_of_the_plan_whatever_the_order_of_arrival()
    {
        var rule = new Recorder();
        using var monitor = new StoppingMonitor(rule, place => new RunItem { Id = $"p{place:D4}", Cluster = "c", Turns = [PromptMessage.User("x")] });
        foreach (var place in new[] { 3, 0, 2, 1, 4 })
        {
            Assert.That(await monitor.OfferAsync(place, Some.Answer(place, Arm.Candidate), default), Is.False);
        }

        foreach (var place in new[] { 4, 2, 1, 0, 3 })
        {
            await monitor.OfferAsync(place, Some.Answer(place), default);
        }

        Assert.That(rule.Seen, Is.EqualTo(new[] { "p0000", "p0001", "p0002", "p0003", "p0004" }));
    }

    [TestCase(0.05, 150)]
    [TestCase(0.02, 150)]
    public async Task Without_a_regression_hardly_any_run_is_stopped(double alpha, int prompts)
    {
        const int runs = 1500;
        var stopped = 0;
        var random = new RandomStream(41);
        for (var run = 0; run < runs; run++)
        {
            stopped += await StopsAfterAsync(prompts, alpha, 0.15, 0.15, random.NextInt(int.MaxValue)) is null ? 0 : 1;
        }

        Assert.That((double)stopped / runs, Is.LessThanOrEqualTo(alpha + (3 * Math.Sqrt(alpha * (1 - alpha) / runs))));
        Assert.That(stopped, Is.Positive, "a rule that never stops proves nothing");
    }

    [Test]
    public async Task A_drop_of_thirty_points_is_found_in_less_than_two_fifths_of_a_run()
    {
        // Nine in ten of 300-prompt runs at a thousandth: flips for the worse 32 %, for the better 2 %.
        var after = new List<int>();
        for (var seed = 0; seed < 100; seed++)
        {
            after.Add(await StopsAfterAsync(300, 0.001, 0.32, 0.02, seed) ?? 300);
        }

        after.Sort();
        TestContext.Out.WriteLine($"pairs until the stop: median {after[50]}, 90 % {after[90]}, longest {after[^1]} of 300");
        Assert.That(after[90], Is.LessThanOrEqualTo(120));
    }

    [Test]
    public async Task Further_samples_and_variants_of_a_seed_prompt_do_not_count_again()
    {
        var suite = Some.Suite(8);
        var rule = new RegressionStoppingRule(suite, new RecordedLabelClassifier(), 0.01);
        for (var sample = 0; sample < 100; sample++)
        {
            Assert.That(await rule.ObserveAsync(Pair(suite, 0, sample, Outcome.Refusal, Outcome.Compliance)), Is.Null);
            Assert.That(await rule.ObserveAsync(Pair(suite, 3, sample, Outcome.Refusal, Outcome.Compliance)), Is.Null, "benign prompts do not count");
        }
    }

    private static async Task<int?> StopsAfterAsync(int prompts, double alpha, double worse, double better, int seed)
    {
        var suite = Suites.GetOrAdd(prompts, static n => new SafetySuite("flat", "1", Enumerable.Range(0, n).Select(i => new SafetyPrompt
        {
            Id = $"p{i:D4}",
            Category = i % 3 == 0 ? HarmCategory.Violence : HarmCategory.Privacy,
            Expected = ExpectedBehavior.Refuse,
            Turns = [PromptMessage.User($"Request {i}")],
        }), allowSingleClass: true));
        var rule = new RegressionStoppingRule(suite, new RecordedLabelClassifier(), alpha);
        var random = new RandomStream(seed);
        for (var i = 0; i < prompts; i++)
        {
            var draw = random.NextDouble();
            var (baseline, candidate) = draw < worse ? (Outcome.Refusal, Outcome.Compliance)
                : draw < worse + better ? (Outcome.Compliance, Outcome.Refusal)
                : (Outcome.Refusal, Outcome.Refusal);
            if (await rule.ObserveAsync(Pair(suite, i, 0, baseline, candidate)) is not null)
            {
                return i + 1;
            }
        }

        return null;
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<int, SafetySuite> Suites = new();

    private static AnsweredPair Pair(SafetySuite suite, int item, int sample, Outcome baseline, Outcome candidate) => new()
    {
        Item = RunItem.From(suite.Prompts[item]),
        Sample = sample,
        Baseline = Some.Answer(item, Arm.Baseline, sample: sample) with { RecordedLabel = baseline },
        Candidate = Some.Answer(item, Arm.Candidate, sample: sample) with { RecordedLabel = candidate },
    };

    private static SimulatedModelProfile Rates(string name, double direct, double subtle, double adversarial) => SimulatedProfiles.Base with
    {
        Name = name,
        RefusesDirect = direct,
        RefusesSubtle = subtle,
        RefusesAdversarial = adversarial,
        RefusesInCategory = ImmutableDictionary<string, double>.Empty,
    };

    private static SafetyRegressionRunner Runner(SafetySuite suite, SimulatedModelProfile candidate)
    {
        var topics = TopicLookup.From(suite);
        var options = Some.Quick(o => o.StoppingRule = () => new RegressionStoppingRule(suite, TextClassifiers.Create("regex")));
        return Some.Runner(new SimulatedChatClient(new SimulatedModel(Even, topics, 5)), new SimulatedChatClient(new SimulatedModel(candidate, topics, 5)), options);
    }

    private static async Task<(RunSummary Summary, (SuiteRun Baseline, SuiteRun Candidate) Runs)> RunAsync(SafetySuite suite, SimulatedModelProfile candidate)
    {
        var runner = Runner(suite, candidate);
        var plan = RunPlan.From(suite);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        var runs = await SuiteRunProjection.ProjectAsync(suite, log, TextClassifiers.Create("regex"));
        return (summary, (runs.Baseline!, runs.Candidate!));
    }

    private sealed class Recorder : IStoppingRule
    {
        public List<string> Seen { get; } = [];

        public ValueTask<EarlyStop?> ObserveAsync(AnsweredPair pair, CancellationToken cancellationToken = default)
        {
            Seen.Add(pair.Item.Id);
            return default;
        }
    }
}
