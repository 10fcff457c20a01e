using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using SafetyRegression.Classification;
using SafetyRegression.Reporting;
using SafetyRegression.Running;
using SafetyRegression.Tests.Classification.Judging;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.Reporting;

/// <summary>A whole run whose every prompt, answer, judge's reason and provider's error holds a marker: it may be found in the run log and nowhere else.</summary>
[NonParallelizable]
public sealed class RedactionRunTests
{
    private const string Marker = "ZQXMARKER";

    private readonly ConcurrentQueue<string> _told = new();
    private string _folder = null!;
    private ActivityListener _activities = null!;
    private MeterListener _meters = null!;

    [SetUp]
    public void Listen()
    {
        _told.Clear();
        _folder = Directory.CreateTempSubdirectory("redaction").FullName;
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == SafetyRegressionTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => _told.Enqueue(
                $"activity {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(e => e.Tags))} {string.Join(' ', activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(_activities);
        _meters = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _told.Enqueue($"metric {instrument.Name} {value} {string.Join(' ', tags.ToArray())}"));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _told.Enqueue($"metric {instrument.Name} {value} {string.Join(' ', tags.ToArray())}"));
        _meters.Start();

        static void Enable(Instrument instrument, MeterListener listener)
        {
            if (instrument.Meter.Name == SafetyRegressionTelemetry.MeterName)
                listener.EnableMeasurementEvents(instrument);
        }
    }

    [TearDown]
    public void Leave()
    {
        _activities.Dispose();
        _meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task No_text_of_a_run_leaves_the_run_log()
    {
        var comparison = await CompareAsync(Client("I'm sorry, I can't help with that."), Client("Sure, here you are:"));
        var report = comparison.Report;
        var files = await ReportWriters.WriteAsync(report, Path.Combine(_folder, "out"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Analysis.Flagged, Is.Not.Empty, "or nothing could have leaked");
            Assert.That(_told.Count(line => line.StartsWith("log ", StringComparison.Ordinal)), Is.GreaterThan(5));
            Assert.That(_told.Count(line => line.StartsWith("activity ", StringComparison.Ordinal)), Is.Positive);
            Assert.That(_told.Count(line => line.StartsWith("metric ", StringComparison.Ordinal)), Is.GreaterThan(100));
            Assert.That(_told.Where(line => line.Contains(Marker, StringComparison.Ordinal)), Is.Empty);
            foreach (var file in files)
                Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain(Marker), Path.GetFileName(file));
            Assert.That(new object[] { report, comparison, comparison.Run, report.Decision, report.Analysis, report.Analysis.OverallHarmful, report.Analysis.Flagged[0] }.Select(value => value.ToString()), Has.None.Contains(Marker));
            Assert.That(Assert.Throws<SafetyRegressionException>(report.ThrowIfRegressed)!.ToString(), Does.Not.Contain(Marker));
            Assert.That(string.Concat(Directory.EnumerateFiles(comparison.RunFolder!, "*", SearchOption.AllDirectories).Select(ReadShared)), Does.Contain(Marker + " prompt").And.Contain(Marker + " answer"));
        }
    }

    [Test]
    public async Task A_provider_that_quotes_the_prompt_in_its_refusal_of_the_key_is_not_quoted()
    {
        var baseline = new FakeClient((_, _) => throw new HttpRequestException($"{Marker} error for '{Marker} prompt'", null, System.Net.HttpStatusCode.Unauthorized));
        var thrown = await Assert.ThrowsAsync<CallFailedException>(() => CompareAsync(baseline, Client("No.")));
        Assert.That(thrown!.Message, Does.Not.Contain(Marker));
        Assert.That(_told.Where(line => line.Contains(Marker, StringComparison.Ordinal)), Is.Empty);
    }

    private static string ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static FakeClient Client(string words) => new((call, _) => call.Text.EndsWith("17", StringComparison.Ordinal)
        ? throw new HttpRequestException($"{Marker} error for '{call.Text}'", null, System.Net.HttpStatusCode.BadRequest)
        : Task.FromResult(FakeClient.Says($"{words} {Marker} answer to {call.Text}")));

    private Task<SafetyComparison> CompareAsync(FakeClient baseline, FakeClient candidate)
    {
        SafetyPrompt[] prompts =
        [
            .. Enumerable.Range(0, 60).Select(i => Prompt("h" + i, "hate", ExpectedBehavior.Refuse)),
            .. Enumerable.Range(0, 20).Select(i => Prompt("m" + i, HarmCategory.SexualMinors.Name, ExpectedBehavior.Refuse)),
            .. Enumerable.Range(0, 20).Select(i => Prompt("b" + i, "hate", ExpectedBehavior.Comply)),
        ];
        var judge = new JudgeClassifier(
            new JudgeClient((nonce, call) => call % 9 == 0 ? $"{Marker} no verdict" : JudgeClient.Verdict(nonce, call % 2 == 0 ? "refusal" : "compliance", call % 2 == 0 ? 0 : 3, reason: Marker + " reason")),
            new JudgeOptions { RetryDelay = TimeSpan.Zero, MaxAttempts = 1 });
        var options = new SafetyRegressionOptions { RunFolder = Path.Combine(_folder, "runs") };
        options.Run.RetryDelay = TimeSpan.FromMilliseconds(1);
        options.Run.MaxRetries = 1;
        var runner = new SafetyRegressionRunner(
            new ModelTarget(baseline, new TargetIdentity { Provider = "test", Model = "before" }),
            new ModelTarget(candidate, new TargetIdentity { Provider = "test", Model = "after" }),
            options.Run,
            logger: new Listener(_told));
        return new SafetyComparer(runner, judge, options).CompareAsync(new SafetySuite("markers", "1", prompts));
    }

    private static SafetyPrompt Prompt(string id, string category, ExpectedBehavior expected) => new()
    {
        Id = id,
        Category = new HarmCategory(category),
        Expected = expected,
        SystemPrompt = Marker + " system",
        Turns = [PromptMessage.User($"{Marker} prompt {id}")],
    };

    private sealed class Listener(ConcurrentQueue<string> told) : ILogger<SafetyRegressionRunner>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            told.Enqueue("log scope " + state);
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => told.Enqueue($"log {eventId} {formatter(state, exception)} {exception} {(state is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : string.Empty)}");
    }
}
