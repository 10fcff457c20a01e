using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using SafetyRegression.Running;

namespace SafetyRegression.Tests.Running;

internal sealed class CachesAndFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task The_cache_spares_a_second_run_its_calls_but_never_serves_another_target()
    {
        var cache = new FileResponseCache(Path.Combine(_folder.Path, "cache"));
        var plan = RunPlan.From(Some.Suite(10));
        using var baseline = new FakeClient();
        using var candidate = new FakeClient(call => $"Other answer to {call.Text}");
        await AskAsync(Some.Target(baseline, "base"), Some.Target(candidate, "tuned"), "one");
        Assert.That((baseline.Calls.Count, candidate.Calls.Count), Is.EqualTo((10, 10)));
        var second = await AskAsync(Some.Target(baseline, "base"), new ModelTarget(candidate, new TargetIdentity { Provider = "fake", Model = "tuned", Revision = "2" }), "two");
        Assert.Multiple(() =>
        {
            Assert.That((baseline.Calls.Count, candidate.Calls.Count), Is.EqualTo((10, 20)), "the baseline is not asked again, another revision is");
            Assert.That(second.Single(a => a is { ItemId: "p0003", Arm: Arm.Baseline }), Has.Property("Attempts").EqualTo(0));
            Assert.That(second.Single(a => a is { ItemId: "p0003", Arm: Arm.Baseline }).Turns[0].Text, Is.EqualTo("Answer to Request 3 turn 0"));
        });

        async Task<List<ModelAnswer>> AskAsync(ModelTarget a, ModelTarget b, string name)
        {
            var runner = new SafetyRegressionRunner(a, b, new SafetyRunOptions { ResponseCache = cache });
            await using var log = RunLog.Open(Path.Combine(_folder.Path, name), runner.ManifestOf(plan));
            await runner.RunAsync(plan, log);
            return await log.AllAsync();
        }
    }

    [Test]
    public async Task A_distributed_cache_of_the_host_serves_as_well()
    {
        var host = new HostCache();
        var cache = new DistributedResponseCache(host);
        await cache.StoreAsync("k", new byte[] { 1, 2 });
        Assert.That(await cache.FindAsync("k"), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(await cache.FindAsync("other"), Is.Null);
        Assert.That(host.Entries.Keys, Is.EqualTo(new[] { "safety-regression:k" }));
    }

    [Test]
    public async Task Failed_filtered_and_empty_answers_are_not_cached_and_samples_have_their_own_entries()
    {
        var cache = new MemoryCache();
        var plan = RunPlan.From(Some.Suite(5));
        using var baseline = new FakeClient((call, _) => call.Text switch
        {
            "Request 0 turn 0" => throw new CallFailedException(new CallFailure { Kind = CallFailureKind.ContentFiltered }),
            "Request 1 turn 0" => Task.FromResult(FakeClient.Says("part", ChatFinishReason.ContentFilter)),
            "Request 2 turn 0" => Task.FromResult(FakeClient.Says(" ")),
            _ => Task.FromResult(FakeClient.Says("fine")),
        });
        var runner = new SafetyRegressionRunner(Some.Target(baseline, "base"), null, new SafetyRunOptions { ResponseCache = cache, SamplesPerPrompt = 2 });
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        Assert.That(cache.Entries, Has.Count.EqualTo(4));
    }

    [Test]
    public async Task A_cache_that_serves_another_targets_answer_stops_the_run()
    {
        var cache = new MemoryCache();
        var plan = RunPlan.From(Some.Suite(5));
        using var baseline = new FakeClient();
        await RunAsync();
        foreach (var key in cache.Entries.Keys)
            cache.Entries[key] = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(cache.Entries[key]).Replace("\"target\":\"", "\"target\":\"0", StringComparison.Ordinal));
        var refused = await Assert.ThrowsAsync<RunLogException>(RunAsync);
        Assert.That(refused!.Problem, Is.EqualTo(RunLogProblem.Damaged));

        async Task RunAsync()
        {
            var runner = new SafetyRegressionRunner(Some.Target(baseline, "base"), null, new SafetyRunOptions { ResponseCache = cache });
            await using var log = RunLog.InMemory(runner.ManifestOf(plan));
            await runner.RunAsync(plan, log);
        }
    }

    /// <summary>The hashes were computed by another program from the canonical JSON.</summary>
    [Test]
    public void The_cache_key_keeps_its_form()
    {
        var replies = new CachedReplies(new MemoryCache(), new TargetIdentity { Provider = "p", Model = "m" }, new GenerationOptions(new SafetyRunOptions()).Describe());
        List<ChatMessage> messages = [new(ChatRole.System, "s"), new(ChatRole.User, "ä \"q\"")];
        Assert.Multiple(() =>
        {
            Assert.That(replies.KeyOf(messages, 5, 0), Is.EqualTo("aa796a93d9bf409a73b7b287589aa3ebc36ed67a872bbe0bbad0ff26d1979d6d"));
            Assert.That(replies.KeyOf(messages, 5, 1), Is.EqualTo("7cc28748364281122981b9b49c26083b8fe0b698467b4e78a6817264c3bbc4aa"));
            Assert.That(replies.KeyOf([messages[1]], null, 0), Is.EqualTo("cc40e66848e497dacf8587bc6911bc629fc4976fd6d812ed26055719efb1d42b"));
        });
    }

    [Test]
    public async Task A_paid_verdict_is_kept_with_the_run_and_a_changed_classifier_starts_anew()
    {
        var suite = Some.Suite(10);
        var plan = RunPlan.From(suite);
        using var baseline = new FakeClient();
        using var candidate = new FakeClient(call => $"Other answer to {call.Text}");
        var runner = Some.Runner(baseline, candidate);
        var (judge, changed) = (new CountingClassifier("judge/1"), new CountingClassifier("judge/2"));
        ProjectedRuns first;
        await using (var log = RunLog.Open(_folder.Run, runner.ManifestOf(plan)))
        {
            await runner.RunAsync(plan, log);
            first = await SuiteRunProjection.ProjectAsync(suite, log, new LoggedClassifier(judge, log));
        }

        await using (var log = RunLog.Open(_folder.Run))
        {
            var again = await SuiteRunProjection.ProjectAsync(suite, log, new LoggedClassifier(judge, log));
            await SuiteRunProjection.ProjectAsync(suite, log, new LoggedClassifier(changed, log));
            Assert.Multiple(() =>
            {
                Assert.That((judge.Calls, changed.Calls), Is.EqualTo((20, 20)));
                Assert.That(again.Candidate!.Samples, Is.EqualTo(first.Candidate!.Samples).UsingPropertiesComparer());
                Assert.That(log, Has.Count.EqualTo(20), "verdicts are not answers");
            });
        }
    }

    [Test]
    public async Task The_estimate_bounds_what_the_run_takes()
    {
        using var baseline = new FakeClient();
        using var candidate = new FakeClient();
        var plan = RunPlan.From(Some.Suite(10, turns: 2));
        var runner = new SafetyRegressionRunner(
            new ModelTarget(baseline, new TargetIdentity { Provider = "fake", Model = "a" }) { Price = new TokenPrice(1, 2) },
            new ModelTarget(candidate, new TargetIdentity { Provider = "fake", Model = "b" }) { Price = new TokenPrice(1, 2) }, new SafetyRunOptions { MaxOutputTokens = 100 });
        var before = runner.Estimate(plan);
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        var summary = await runner.RunAsync(plan, log);
        Assert.Multiple(() =>
        {
            Assert.That((before.Planned, before.Calls, before.OutputTokens), Is.EqualTo((20, 40, 4000L)));
            Assert.That(before.Calls, Is.EqualTo(summary.Progress.Calls));
            Assert.That(before.Cost, Is.GreaterThanOrEqualTo(summary.Progress.Cost!.Value));
            Assert.That(runner.Estimate(plan, log).Calls, Is.Zero);
        });
    }

    [Test]
    public async Task Batch_requests_and_results_feed_a_comparison()
    {
        var suite = Some.Suite(4);
        var plan = RunPlan.From(suite);
        using var requests = new MemoryStream();
        var written = await BatchRequests.WriteAsync(plan, "tuned", new SafetyRunOptions { SamplesPerPrompt = 2 }, requests);
        var lines = Encoding.UTF8.GetString(requests.ToArray()).TrimEnd('\n').Split('\n');
        Assert.That((written, lines.Length), Is.EqualTo((8, 8)));
        Assert.That(lines[1], Does.StartWith("""{"custom_id":"1:p0000","method":"POST","url":"/v1/chat/completions","body":{"model":"tuned","messages":[{"role":"user","content":"Request 0 turn 0"}],"temperature":0,"max_tokens":1024,"seed":"""));
        const string Results = """
            {"id":"b1","custom_id":"0:p0000","response":{"status_code":200,"body":{"model":"tuned","choices":[{"message":{"content":"Yes."},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}},"error":null}
            {"id":"b2","custom_id":"1:p0000","response":{"status_code":200,"body":{"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}]}},"error":null}
            {"id":"b3","custom_id":"0:p0001","response":{"status_code":429,"body":{"error":{"code":"rate_limit"}}},"error":null}
            {"id":"b4","custom_id":"1:p0001","response":null,"error":{"code":"batch_expired","message":"x"}}
            {"request_id":"0:p0002","outputs":[{"text":"one","finish_reason":"length"},{"text":"two","finish_reason":"stop"}]}
            """;
        using var results = new MemoryStream(Encoding.UTF8.GetBytes(Results));
        var answers = await BatchResults.ReadAsync(plan, Arm.Candidate, results);
        Assert.Multiple(() =>
        {
            Assert.That(answers.Select(a => (a.ItemId, a.Sample, a.Status)), Is.EqualTo(new[]
            {
                ("p0000", 0, AnswerStatus.Answered), ("p0000", 1, AnswerStatus.Answered), ("p0001", 0, AnswerStatus.Failed), ("p0001", 1, AnswerStatus.Failed),
                ("p0002", 0, AnswerStatus.Answered), ("p0002", 1, AnswerStatus.Answered),
            }));
            Assert.That((answers[0].Turns[0].Text, answers[0].InputTokens, answers[1].Turns[0].DeclaredRefusal), Is.EqualTo(("Yes.", 5L, "No.")));
            Assert.That((answers[2].Failure!.Kind, answers[3].Failure!.Code), Is.EqualTo((CallFailureKind.RateLimited, "batch_expired")));
            Assert.That((answers[4].Turns[0].Finish, answers[5].Turns[0].Text), Is.EqualTo((AnswerFinish.Length, "two")));
        });
    }

    [Test]
    public async Task Bad_batch_results_are_refused_line_by_line()
    {
        var plan = RunPlan.From(Some.Suite(4));
        using var results = new MemoryStream("{\"custom_id\":\"0:nobody\",\"response\":{\"body\":{\"choices\":[]}}}\nnot json\n\n{\"custom_id\":\"p0000\"}\n"u8.ToArray());
        var refused = await Assert.ThrowsAsync<InvalidInputException>(() => BatchResults.ReadAsync(plan, Arm.Baseline, results, "r.jsonl"));
        Assert.That(refused!.Problems.Select(p => p.Line), Is.EqualTo(new[] { 1, 2, 4 }));
        await Assert.ThrowsAsync<InvalidInputException>(() => BatchRequests.WriteAsync(RunPlan.From(Some.Suite(4, turns: 2)), "m", new SafetyRunOptions(), Stream.Null));
    }

    // Listeners hear the whole process.
    [Test]
    [NonParallelizable]
    public async Task Telemetry_tells_sides_and_outcomes_and_never_a_text()
    {
        var told = new ConcurrentBag<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SafetyRegressionTelemetry.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told.Add($"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}"));
        meters.Start();
        using var activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SafetyRegressionTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => told.Add($"{activity.OperationName} {string.Join(' ', activity.Tags.Select(t => $"{t.Key}={t.Value}"))}"),
        };
        ActivitySource.AddActivityListener(activities);
        using var baseline = new FakeClient(_ => "hush");
        using var candidate = new FakeClient((call, _) => throw new HttpRequestException($"about {call.Text}", null, System.Net.HttpStatusCode.BadRequest));
        var plan = RunPlan.From(Some.Suite(4));
        var runner = Some.Runner(baseline, candidate, Some.Quick());
        await using var log = RunLog.InMemory(runner.ManifestOf(plan));
        await runner.RunAsync(plan, log);
        Assert.Multiple(() =>
        {
            Assert.That(told, Does.Contain("safety_regression.items side=candidate outcome=failed error.type=Protocol"));
            Assert.That(told, Does.Contain("safety_regression.items side=baseline outcome=answered"));
            Assert.That(told.Any(t => t.StartsWith("safety_regression.item side=candidate outcome=failed", StringComparison.Ordinal)));
            Assert.That(told, Has.None.Matches<string>(t => t!.Contains("hush", StringComparison.Ordinal) || t.Contains("Request", StringComparison.Ordinal)));
        });
    }

    [Test]
    public void Concurrency_halves_on_rate_limits_grows_on_success_and_ignores_server_errors()
    {
        var limit = new AdaptiveLimit(64, isFixed: false, TimeProvider.System);
        Assert.That(limit.Limit, Is.EqualTo(32));
        limit.RateLimited();
        limit.RateLimited();
        Assert.That(limit.Limit, Is.EqualTo(16), "one cut a second");
        for (var i = 0; i < 16; i++)
            Assert.That(limit.TryAcquire(), Is.True);
        Assert.That(limit.TryAcquire(), Is.False, "all places are taken");
        for (var i = 0; i < 17; i++)
            limit.Succeeded();
        Assert.That(limit.Limit, Is.EqualTo(17), "one more per round");
        Assert.That(limit.TryAcquire(), Is.True);
        Assert.That(limit.TryAcquire(), Is.False);
        limit.Release();
        Assert.That(limit.TryAcquire(), Is.True);
    }

    [Test]
    public void A_limit_doubles_in_one_round_even_when_the_whole_round_ends_before_a_place_is_taken_again()
    {
        // So it is when calls start and end in waves, which a flush for all of them makes of any load.
        var limit = new AdaptiveLimit(256, isFixed: false, TimeProvider.System);
        while (limit.TryAcquire())
            continue;
        for (var i = 0; i < 32; i++)
            limit.Succeeded();
        var doubled = limit.Limit;
        for (var i = 0; i < 10; i++)
            limit.Release();
        limit.Succeeded();
        Assert.That((doubled, limit.Limit), Is.EqualTo((64, 64)), "with 22 of 64 places taken it grows no further");
    }

    private sealed class HostCache : IDistributedCache
    {
        internal Dictionary<string, byte[]> Entries { get; } = [];

        public byte[]? Get(string key) => Entries.GetValueOrDefault(key);

        public Task<byte[]?> GetAsync(string key, CancellationToken token = default) => Task.FromResult(Get(key));

        public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => Entries[key] = value;

        public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
        {
            Set(key, value, options);
            return Task.CompletedTask;
        }

        public void Refresh(string key)
        {
        }

        public Task RefreshAsync(string key, CancellationToken token = default) => Task.CompletedTask;

        public void Remove(string key) => Entries.Remove(key);

        public Task RemoveAsync(string key, CancellationToken token = default) => Task.CompletedTask;
    }

    private sealed class MemoryCache : IResponseCache
    {
        internal ConcurrentDictionary<string, byte[]> Entries { get; } = new(StringComparer.Ordinal);

        public ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken = default) => ValueTask.FromResult(Entries.GetValueOrDefault(key));

        public ValueTask StoreAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
        {
            Entries[key] = value.ToArray();
            return ValueTask.CompletedTask;
        }
    }
}
