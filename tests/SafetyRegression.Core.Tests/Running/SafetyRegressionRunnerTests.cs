using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using SafetyRegression.Classification;
using SafetyRegression.Running;

namespace SafetyRegression.Tests.Running;

internal sealed class SafetyRegressionRunnerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Every_planned_answer_is_asked_once_and_recorded()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(50));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.SamplesPerPrompt = 3));
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        var all = await log.AllAsync();
        Assert.Multiple(() =>
        {
            Assert.That(summary.End, Is.EqualTo(RunEnd.Completed));
            Assert.That((baseline.Calls.Count, candidate.Calls.Count, all.Count), Is.EqualTo((150, 150, 300)));
            Assert.That(all.Select(AnswerKey.Of).Distinct().Count(), Is.EqualTo(300));
            Assert.That(all, Has.All.Matches<ModelAnswer>(a => a!.Turns[0].Text.StartsWith($"Answer to Request {int.Parse(a!.ItemId[1..], CultureInfo.InvariantCulture)} ", StringComparison.Ordinal)));
            Assert.That((summary.Progress.Done, summary.Progress.Calls, summary.Progress.InputTokens, summary.Progress.OutputTokens), Is.EqualTo((300, 300, 3000L, 6000L)));
        });
    }

    [Test]
    public async Task Both_arms_are_sent_the_same_options_and_each_prompt_its_own_seed()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(30));
        var shared = new ChatOptions { TopP = 0.5f };
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.ChatOptionsFactory = () => shared));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        var sent = baseline.Calls.ToDictionary(c => c.Text, c => c.Options!.Seed);
        Assert.Multiple(() =>
        {
            Assert.That(candidate.Calls.ToDictionary(c => c.Text, c => c.Options!.Seed), Is.EquivalentTo(sent));
            Assert.That(sent.Values.Distinct().Count(), Is.EqualTo(30));
            Assert.That(baseline.Calls, Has.All.Matches<FakeCall>(c => c!.Options!.Temperature == 0 && c.Options.TopP == 0.5f && c.Options.MaxOutputTokens == 1024 && !ReferenceEquals(c.Options, shared)));
            Assert.That(shared.Seed, Is.Null, "the host's options are cloned");
            Assert.That(log.Find(new AnswerKey("p0003", 0, Arm.Candidate))!.Seed, Is.EqualTo(sent["Request 3 turn 0"]));
        });
    }

    [Test]
    public async Task No_more_calls_are_in_flight_than_allowed_and_the_arms_stay_together()
    {
        async Task<ChatResponse> Slow(FakeCall call, CancellationToken token)
        {
            await Task.Delay(5, token);
            return FakeClient.Says("ok");
        }

        using var baseline = new FakeClient(Slow);
        using var candidate = new FakeClient(async (call, token) =>
        {
            await Task.Delay(15, token);
            return FakeClient.Says("ok");
        });
        var plan = RunPlan.From(Some.Suite(200));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.MaxConcurrency = 8));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var lead = 0;
        await foreach (var answer in runner.StreamAsync(plan, log))
            lead = Math.Max(lead, baseline.Calls.Count - candidate.Calls.Count);
        Assert.That(baseline.MostInFlight + candidate.MostInFlight, Is.LessThanOrEqualTo(16));
        Assert.That(baseline.MostInFlight, Is.LessThanOrEqualTo(8));
        Assert.That(lead, Is.LessThanOrEqualTo(34), "the faster arm waits");
    }

    [Test]
    public async Task A_fast_arm_with_places_of_its_own_waits_for_the_slow_one()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient(async (call, token) =>
        {
            await Task.Delay(10, token);
            return FakeClient.Says("ok");
        });
        var plan = RunPlan.From(Some.Suite(300));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => (o.MaxConcurrency, o.FixedConcurrency) = (8, true)));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var lead = 0;
        await foreach (var answer in runner.StreamAsync(plan, log))
        {
            if (candidate.Calls.Count < 250)
                lead = Math.Max(lead, baseline.Calls.Count - candidate.Calls.Count);
        }

        Assert.That(lead, Is.InRange(5, 45));
    }

    [Test]
    public async Task Leaving_the_stream_stops_the_run_and_the_same_call_finishes_it_without_asking_twice()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(400));
        var runner = Some.Runner(baseline, candidate);
        var seen = 0;
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
        {
            await foreach (var answer in runner.StreamAsync(plan, log))
            {
                Assert.That(log.StatusOf(AnswerKey.Of(answer)), Is.EqualTo(AnswerStatus.Answered), "recorded before it is handed out");
                if (++seen == 20)
                    break;
            }
        }

        var asked = baseline.Calls.Count + candidate.Calls.Count;
        Assert.That(asked, Is.LessThan(800));
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
        {
            var recorded = log.Count;
            Assert.That(recorded, Is.GreaterThanOrEqualTo(20));
            var summary = await runner.RunAsync(plan, log);
            Assert.That(summary.Progress.Resumed, Is.EqualTo(recorded));
            Assert.That(baseline.Calls.Count + candidate.Calls.Count - asked, Is.EqualTo(800 - recorded));
        }
    }

    [Test]
    public async Task Cancelling_is_prompt_even_when_the_client_does_not_listen()
    {
        using var deaf = new FakeClient((_, _) => new TaskCompletionSource<ChatResponse>().Task);
        using var other = new FakeClient();
        var plan = RunPlan.From(Some.Suite(10));
        var runner = Some.Runner(other, deaf, Some.Quick(o => o.ProgressInterval = TimeSpan.Zero));
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        using var stop = new CancellationTokenSource();
        var cancelled = 0L;
        var progress = new Told(now =>
        {
            // All of the baseline is answered; the candidate never will be.
            if (now.Done < 10)
                return;
            cancelled = TimeProvider.System.GetTimestamp();
            stop.Cancel();
        });
        await Assert.CatchAsync<OperationCanceledException>(() => runner.RunAsync(plan, log, progress, stop.Token));
        Assert.That(TimeProvider.System.GetElapsedTime(cancelled), Is.LessThan(TimeSpan.FromSeconds(20)));
        Assert.That((await log.AllAsync()).Select(a => a.Arm).Distinct(), Is.EqualTo(new[] { Arm.Baseline }));
    }

    [Test]
    public void A_target_is_not_compared_with_itself_by_mistake()
    {
        using var one = new FakeClient();
        using var two = new FakeClient();
        Assert.Multiple(() =>
        {
            Assert.Throws<ArgumentException>(() => _ = Some.Runner(one, one));
            Assert.Throws<ArgumentException>(() => _ = new SafetyRegressionRunner(Some.Target(one, "m"), Some.Target(two, "m")));
            Assert.DoesNotThrow(() => _ = new SafetyRegressionRunner(Some.Target(one, "m"), Some.Target(one, "m"), new SafetyRunOptions { AllowSameTarget = true }));
            Assert.Throws<OptionsValidationException>(() => _ = Some.Runner(one, two, new SafetyRunOptions { SamplesPerPrompt = 0 }));
            Assert.Throws<OptionsValidationException>(() => _ = Some.Runner(one, two, new SafetyRunOptions { Budget = new RunBudget { MaxCalls = -1 } }));
        });
    }

    private static IEnumerable<TestCaseData<Exception, CallFailureKind, int>> Failures()
    {
        // Default: 4 further tries after transient failures, 10 after rate limits.
        yield return new(new HttpRequestException("x", null, HttpStatusCode.TooManyRequests), CallFailureKind.RateLimited, 11);
        yield return new(new HttpRequestException("x", null, HttpStatusCode.InternalServerError), CallFailureKind.Transient, 5);
        yield return new(new HttpRequestException("x", null, HttpStatusCode.BadRequest), CallFailureKind.Protocol, 1);
        yield return new(new HttpRequestException("x", new IOException("reset")), CallFailureKind.Transient, 5);
        yield return new(new AggregateException(new IOException("reset")), CallFailureKind.Transient, 5);
        yield return new(new TaskCanceledException("sdk"), CallFailureKind.Timeout, 5);
        yield return new(new TimeoutException(), CallFailureKind.Timeout, 5);
        yield return new(new JsonException("html"), CallFailureKind.Protocol, 5);
        yield return new(new CallFailedException(new CallFailure { Kind = CallFailureKind.ContentFiltered, Status = 400 }), CallFailureKind.ContentFiltered, 1);
        yield return new(new InvalidCastException("secret text"), CallFailureKind.Unknown, 5);
    }

    [TestCaseSource(nameof(Failures))]
    public async Task A_failure_that_lasts_is_recorded_with_its_kind_and_tries(Exception failure, CallFailureKind kind, int tries)
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient((call, _) => call.Text == "Request 5 turn 0" ? throw failure : Task.FromResult(FakeClient.Says("fine")));
        var plan = RunPlan.From(Some.Suite(8));
        var runner = Some.Runner(baseline, candidate, Some.Quick());
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        var answer = log.Find(new AnswerKey("p0005", 0, Arm.Candidate))!;
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Failure!.Kind, answer.Attempts), Is.EqualTo((AnswerStatus.Failed, kind, tries)));
            Assert.That(log, Has.Count.EqualTo(16));
            Assert.That(File.ReadAllText(_folder.Log), Does.Not.Contain("secret text"));
        });
    }

    [Test]
    public async Task Failures_are_asked_again_on_resume_and_filtered_requests_are_not()
    {
        var broken = true;
        using var baseline = new FakeClient();
        using var candidate = new FakeClient((call, _) =>
            call.Text == "Request 1 turn 0" && broken ? throw new IOException("reset")
            : call.Text == "Request 2 turn 0" ? throw new CallFailedException(new CallFailure { Kind = CallFailureKind.ContentFiltered })
            : Task.FromResult(FakeClient.Says("fine")));
        var plan = RunPlan.From(Some.Suite(4));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.MaxRetries = 1));
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        var first = await runner.RunAsync(plan, log);
        broken = false;
        var calls = candidate.Calls.Count;
        var second = await runner.RunAsync(plan, log);
        Assert.Multiple(() =>
        {
            Assert.That((first.Progress.Failed, second.Progress.Failed), Is.EqualTo((1, 0)));
            Assert.That(candidate.Calls, Has.Count.EqualTo(calls + 1));
            Assert.That(log.StatusOf(new AnswerKey("p0001", 0, Arm.Candidate)), Is.EqualTo(AnswerStatus.Answered));
            Assert.That(log.StatusOf(new AnswerKey("p0002", 0, Arm.Candidate)), Is.EqualTo(AnswerStatus.Failed));
        });
    }

    [Test]
    public async Task A_refused_key_ends_the_run_at_once_and_clearly()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient((_, _) => throw new HttpRequestException("x", null, HttpStatusCode.Unauthorized));
        var plan = RunPlan.From(Some.Suite(500));
        var runner = Some.Runner(baseline, candidate, Some.Quick());
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        var refused = await Assert.ThrowsAsync<CallFailedException>(() => runner.RunAsync(plan, log));
        Assert.Multiple(() =>
        {
            Assert.That(refused!.Failure.Kind, Is.EqualTo(CallFailureKind.Authentication));
            Assert.That(refused.Message, Does.Contain("candidate").And.Contain("401"));
            Assert.That(candidate.Calls, Has.Count.LessThan(100));
            Assert.That(log.StatusOf(new AnswerKey("p0000", 0, Arm.Candidate)), Is.Null, "nothing is recorded as failed");
        });
    }

    [Test]
    public async Task A_try_that_hangs_ends_after_its_time_and_another_is_made()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient(async (call, token) =>
        {
            if (call.Try == 1)
                await Task.Delay(Timeout.Infinite, token);
            return FakeClient.Says("fine");
        });
        var plan = RunPlan.From(Some.Suite(6));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.TryTimeout = TimeSpan.FromMilliseconds(50)));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        Assert.That((await log.AllAsync()).Where(a => a.Arm == Arm.Candidate), Has.All.Matches<ModelAnswer>(a => a!.Attempts == 2 && a.Status == AnswerStatus.Answered));
    }

    [Test]
    public async Task A_conversation_quotes_the_models_own_replies_and_resumes_in_the_middle()
    {
        var cut = true;
        using var baseline = new FakeClient(call => $"reply to [{call.Text}]");
        using var candidate = new FakeClient((call, token) => cut && call.Text == "Request 0 turn 2"
            ? throw new OperationCanceledException(token)
            : Task.FromResult(FakeClient.Says($"reply to [{call.Text}]")));
        var plan = RunPlan.From(Some.Suite(4, turns: 3));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.MaxRetries = 0));
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
            await runner.RunAsync(plan, log);
        cut = false;
        candidate.Calls.Clear();
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
        {
            await runner.RunAsync(plan, log);
            var answer = log.Find(new AnswerKey("p0000", 0, Arm.Candidate))!;
            Assert.Multiple(() =>
            {
                Assert.That(candidate.Calls, Has.Count.EqualTo(1), "the two replies recorded before are not asked again");
                Assert.That(candidate.Calls.Single().Messages.Select(m => m.Text), Is.EqualTo(new[]
                {
                    "Request 0 turn 0", "reply to [Request 0 turn 0]", "Request 0 turn 1", "reply to [Request 0 turn 1]", "Request 0 turn 2",
                }));
                Assert.That(answer.Turns.Select(t => t.Index), Is.EqualTo(new[] { 0, 1, 2 }));
                Assert.That(answer.Turns[2].Text, Is.EqualTo("reply to [Request 0 turn 2]"));
            });
        }
    }

    [TestCase(30, RunEnd.CallBudget)]
    public async Task A_budget_of_calls_is_used_up_and_not_passed(int calls, RunEnd end)
    {
        static async Task<ChatResponse> Slow(FakeCall call, CancellationToken token)
        {
            await Task.Delay(20, token);
            return FakeClient.Says("ok");
        }

        using var baseline = new FakeClient(Slow);
        using var candidate = new FakeClient(Slow);
        var plan = RunPlan.From(Some.Suite(100));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.Budget.MaxCalls = calls));
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        Assert.Multiple(() =>
        {
            Assert.That((summary.End, summary.Progress.Calls, summary.Skipped), Is.EqualTo((end, calls, 200 - calls)));
            Assert.That(baseline.Calls.Count + candidate.Calls.Count, Is.EqualTo(calls));
            Assert.That(log, Has.Count.EqualTo(calls));
        });
    }

    [Test]
    public async Task Budgets_of_tokens_and_money_are_used_up_and_not_passed()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(100));
        var price = new TokenPrice(1000, 2000);
        ModelTarget Priced(FakeClient client, string model) => new(client, new TargetIdentity { Provider = "fake", Model = model }) { Price = price };
        foreach (var (budget, end) in new[] { (new RunBudget { MaxTokens = 900 }, RunEnd.TokenBudget), (new RunBudget { MaxCost = 1.5m }, RunEnd.CostBudget) })
        {
            var runner = new SafetyRegressionRunner(Priced(baseline, "a"), Priced(candidate, "b"), Some.Quick(o =>
            {
                o.Budget = budget;
                o.MaxOutputTokens = 20;
            }));
            await using var log = RunLog.InMemory(runner.ManifestOf(plan));
            var summary = await runner.RunAsync(plan, log);
            Assert.Multiple(() =>
            {
                // A call uses 10 + 20 tokens and costs 0.05.
                Assert.That(summary.End, Is.EqualTo(end));
                Assert.That(summary.Progress.Cost, Is.EqualTo(summary.Progress.Calls * 0.05m));
                Assert.That(summary.Progress.Calls, Is.InRange(28, 30));
                Assert.That(log, Has.Count.EqualTo(summary.Progress.Calls));
            });
        }
    }

    [Test]
    public async Task Time_is_a_budget_too()
    {
        using var baseline = new FakeClient(async (_, token) =>
        {
            await Task.Delay(20, token);
            return FakeClient.Says("ok");
        });
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(2000));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.Budget.MaxDuration = TimeSpan.FromMilliseconds(150)));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        Assert.That((summary.End, summary.Skipped > 0), Is.EqualTo((RunEnd.TimeBudget, true)));
    }

    [Test]
    public async Task A_replaced_pipeline_is_used()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient((_, _) => throw new IOException("reset"));
        var plan = RunPlan.From(Some.Suite(5));
        var runner = Some.Runner(baseline, candidate, Some.Quick(o => o.ConfigureResilience = builder => { }));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        Assert.That(candidate.Calls, Has.Count.EqualTo(5), "an empty pipeline makes one try");
    }

    [Test]
    public async Task Requests_per_minute_are_kept()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(30));
        var runner = new SafetyRegressionRunner(
            new ModelTarget(baseline, new TargetIdentity { Provider = "fake", Model = "a" }) { RequestsPerMinute = 1200 }, Some.Target(candidate, "b"));
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        await runner.RunAsync(plan, log);

        // 30 requests at 20 a second, the first 20 or so at once.
        Assert.That(watch.ElapsedMilliseconds, Is.InRange(350, 30_000));
    }

    [Test]
    public async Task The_log_of_another_run_is_refused()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(5));
        await using var log = RunLog.InMemory(Some.Runner(baseline, candidate).ManifestOf(plan));
        var other = Some.Runner(baseline, candidate, new SafetyRunOptions { Temperature = 1 });
        var refused = await Assert.ThrowsAsync<RunLogException>(() => other.RunAsync(plan, log));
        Assert.That(refused!.Differences, Is.EqualTo(new[] { "generation temperature: here '0', there '1'" }));
    }

    [Test]
    public async Task Every_planned_answer_gets_one_verdict()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient((call, _) =>
            call.Text == "Request 1 turn 0" ? throw new IOException("reset")
            : call.Text == "Request 2 turn 0" ? Task.FromResult(FakeClient.Says("cut", ChatFinishReason.ContentFilter))
            : call.Text == "Request 4 turn 0" ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I decline.") { ErrorCode = "Refusal" }])))
            : Task.FromResult(FakeClient.Says("fine")));
        var suite = Some.Suite(100);
        var plan = RunPlan.From(suite);
        var runner = Some.Runner(baseline, candidate, Some.Quick(o =>
        {
            o.MaxRetries = 0;
            o.Budget.MaxCalls = 150;
        }));
        await using var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        var runs = await SuiteRunProjection.ProjectAsync(suite, log, new Always());
        var all = runs.Baseline!.Samples.AddRange(runs.Candidate!.Samples);
        Assert.Multiple(() =>
        {
            Assert.That(all, Has.Length.EqualTo(200));
            Assert.That(all.Count(s => s.Verdict.Outcome == Outcome.Skipped), Is.EqualTo(50));
            Assert.That(runs.Candidate.Samples.Select(s => s.ItemId), Is.EqualTo(suite.Prompts.Select(p => p.Id)));
            Assert.That(runs.Candidate.Pairing, Is.EqualTo(PairingMode.Interleaved));
            Assert.That(OutcomeOf("p0001"), Is.AnyOf(Outcome.Failed, Outcome.Skipped));
            Assert.That(OutcomeOf("p0002"), Is.AnyOf(Outcome.ContentFiltered, Outcome.Skipped));
            Assert.That(OutcomeOf("p0004"), Is.AnyOf(Outcome.Refusal, Outcome.Skipped));
        });

        Outcome OutcomeOf(string id) => runs.Candidate!.Samples.Single(s => s.ItemId == id).Verdict.Outcome;
    }

    private sealed class Told(Action<RunProgress> tell) : IProgress<RunProgress>
    {
        public void Report(RunProgress value) => tell(value);
    }

    private sealed class Always : IResponseClassifier
    {
        public ClassifierIdentity Identity { get; } = new() { Name = "always", Version = "1", Fingerprint = "always" };

        public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new ResponseVerdict { Outcome = Outcome.Compliance, Classifier = "always" });
    }
}
