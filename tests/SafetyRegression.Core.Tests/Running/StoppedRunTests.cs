using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Globalization;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Simulated;
using Simulation;

namespace SafetyRegression.Tests.Running;

/// <summary>What is left of an early stop when the process has ended, and what the whole comparison makes of it.</summary>
internal sealed class StoppedRunTests : IDisposable
{
    private static readonly SimulatedModelProfile Even = Rates("sim-even", 0.95, 0.90, 0.85);
    private static readonly SimulatedModelProfile Worse = Rates("sim-worse", 0.65, 0.60, 0.55) with { Lineage = "sim-even" };

    private readonly TemporaryFolder _folder = new();
    private readonly SafetySuite _suite = SmallSuite.Of(60, 10, HarmCategory.Violence, HarmCategory.Privacy, HarmCategory.Deception);

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Why_a_run_was_stopped_stays_in_its_log_until_the_rest_is_asked()
    {
        var plan = RunPlan.From(_suite);
        var summary = await AskAsync(plan, _folder.Run, withRule: true);
        var length = new FileInfo(_folder.Log).Length;
        var again = await AskAsync(plan, _folder.Run, withRule: true);
        await using (var log = RunLog.OpenRead(_folder.Run))
        {
            var runs = await SuiteRunProjection.ProjectAsync(_suite, log, new RegexClassifier());
            var report = RegressionReport.Create(_suite, runs.Baseline!, runs.Candidate!);
            Assert.Multiple(() =>
            {
                Assert.That(summary.Stopped, Is.Not.Null);
                Assert.That(log.Stopped, Is.EqualTo(summary.Stopped));
                Assert.That(runs.Candidate!.Stopped, Is.EqualTo(summary.Stopped));
                Assert.That(runs.Baseline!.Stopped, Is.Null, "a baseline that is used again was not stopped by this candidate");
                Assert.That(again.Progress.Calls, Is.Zero);
                Assert.That(new FileInfo(_folder.Log).Length, Is.EqualTo(length), "the same end is not recorded twice");
                Assert.That(report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
                Assert.That(report.Decision.Gates[0].Evidence, Does.Contain("stopped early").And.Contain("overstate"));
                Assert.That(TextOf(report), Does.Contain("Ask the rest").And.Not.Contain("Grow "));
            });
        }

        var whole = await AskAsync(plan, _folder.Run, withRule: false);
        await using var finished = RunLog.OpenRead(_folder.Run);
        var full = await SuiteRunProjection.ProjectAsync(_suite, finished, new RegexClassifier());
        Assert.Multiple(() =>
        {
            Assert.That(whole.End, Is.EqualTo(RunEnd.Completed));
            Assert.That(finished.Stopped, Is.Null);
            Assert.That(full.Candidate!.Stopped, Is.Null);
        });
    }

    [Test]
    public async Task A_shard_that_was_stopped_is_told_of_in_the_merged_run_at_the_level_of_all_shards()
    {
        var stops = new List<RunSummary>();
        for (var shard = 1; shard <= 2; shard++)
            stops.Add(await AskAsync(RunPlan.From(_suite).Take(new RunShard(shard, 2)), Path.Combine(_folder.Path, $"s{shard}"), withRule: true));
        var merge = await RunLogMerger.MergeAsync([Path.Combine(_folder.Path, "s1"), Path.Combine(_folder.Path, "s2")], Path.Combine(_folder.Path, "all"));
        await using var log = RunLog.OpenRead(Path.Combine(_folder.Path, "all"));
        Assert.That(stops.Count(stop => stop.Stopped is not null), Is.Positive);
        Assert.That(merge.Stopped!.Alpha, Is.EqualTo(0.02).Within(1e-12));
        Assert.That(merge.Stopped.LogEValue, Is.EqualTo(stops.Max(stop => stop.Stopped?.LogEValue)));
        Assert.That(log.Stopped, Is.EqualTo(merge.Stopped));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task A_drop_of_thirty_points_over_http_on_the_built_in_suite_saves_most_of_the_calls_and_blocks(CancellationToken cancellationToken)
    {
        var suite = BuiltInSuite.Load();
        await using var server = await SimulationServer.StartAsync(SimulatedProfiles.Models(TopicLookup.From(suite), 5, Even, Worse), cancellationToken: cancellationToken);
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        string[] command = ["run", "--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", "sim-even", "--candidate", "sim-worse", "--early-stop", "--early-stop-alpha", "0.01", "--runs", _folder.Run, "--out", Path.Combine(_folder.Path, "out")];
        var code = await FineTuneGate.Gate.RunAsync(command, output, output, cancellationToken);
        var asked = server.Counters.Total;
        var report = ReportJson.Read(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out", "report.json"), cancellationToken));
        TestContext.Out.WriteLine($"{asked} of {2 * suite.Prompts.Length} calls");
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.EqualTo(20), output.ToString());
            Assert.That(asked, Is.LessThanOrEqualTo(0.4 * 2 * suite.Prompts.Length));
            Assert.That(report.Analysis.DataQuality.Stopped!.Alpha, Is.EqualTo(0.01));
            Assert.That(output.ToString(), Does.Contain("stopped early"));
        });
        foreach (var file in new[] { "report.md", "report.html", "report.txt" })
            Assert.That(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "out", file), cancellationToken), Does.Contain("stopped early").IgnoreCase.And.Contain("overstate"), file);
    }

    [Test]
    public async Task A_stopped_run_is_finished_for_the_same_call_and_unfinished_without_the_rule()
    {
        var first = await CompareAsync(withRule: true);
        var again = await CompareAsync(withRule: true);
        var rest = await CompareAsync(withRule: false);
        Assert.Multiple(() =>
        {
            Assert.That(first.Run.Stopped, Is.Not.Null);
            Assert.That(again.RunFolder, Is.Not.EqualTo(first.RunFolder), "a new call asks anew");
            Assert.That(rest.RunFolder, Is.EqualTo(first.RunFolder), "the rest is asked where it was left");
            Assert.That(rest.Run.End, Is.EqualTo(RunEnd.Completed));
        });
    }

    [Test]
    public async Task A_comparison_tells_its_metrics()
    {
        var told = new ConcurrentBag<string>();
        using var meters = new MeterListener();
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SafetyRegressionTelemetry.MeterName)
                listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => told.Add(Line(instrument, tags)));
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => told.Add($"{Line(instrument, tags)} {value.ToString("R", CultureInfo.InvariantCulture)}"));
        meters.Start();
        var report = (await CompareAsync(withRule: false)).Report;
        var rate = report.Analysis.Categories.Single(finding => finding.Id == "violence").CandidateRate.ToString("R", CultureInfo.InvariantCulture);
        var overall = report.Analysis.OverallHarmful.BaselineRate.ToString("R", CultureInfo.InvariantCulture);
        var score = report.Analysis.Composite.CandidateScore.ToString("R", CultureInfo.InvariantCulture);
        Assert.Multiple(() =>
        {
            Assert.That(told, Does.Contain($"safety_regression.refusal_rate side=candidate category=violence {rate}"));
            Assert.That(told, Does.Contain($"safety_regression.refusal_rate side=baseline category=all {overall}"));
            Assert.That(told, Does.Contain($"safety_regression.composite_score side=candidate {score}"));
            Assert.That(told.Count(line => line.StartsWith("safety_regression.false_refusal_rate", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(2));
            Assert.That(told, Does.Contain("safety_regression.comparisons recommendation=block"));
        });

        static string Line(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) => $"{instrument.Name} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}";
    }

    [Test]
    public void A_budget_of_money_needs_the_prices()
    {
        var options = Some.Quick(o => o.Budget.MaxCost = 1);
        using var client = new FakeClient();
        using var other = new FakeClient();
        Assert.That(() => Some.Runner(client, other, options), Throws.ArgumentException.With.Message.Contains("Price"));
    }

    [TestCase("--max-cost", "1")]
    [TestCase("--price-in", "1")]
    [TestCase("--price-in", "x", "--price-out", "2")]
    public async Task Money_that_cannot_be_counted_is_a_usage_error(params string[] args) => Assert.That((await SimulateAsync(args)).Code, Is.EqualTo(FineTuneGate.ExitCode.Usage));

    [Test]
    public async Task A_budget_of_money_ends_the_run_before_it_is_passed_and_a_dry_run_tells_the_bound()
    {
        // At 1 per token sent and received, 1 024 of which may be received, one call is set aside with more than 1 024.
        string[] prices = ["--price-in", "1000000", "--price-out", "1000000"];
        var dry = await SimulateAsync([.. prices, "--dry-run"]);
        var spent = await SimulateAsync([.. prices, "--max-cost", "3000"]);
        Assert.Multiple(() =>
        {
            Assert.That(dry.Code, Is.Zero);
            Assert.That(dry.Output, Does.Contain("at a cost of at most").And.Contain("nothing was asked"));
            Assert.That(spent.Code, Is.EqualTo(FineTuneGate.ExitCode.Incomplete));
            Assert.That(spent.Output, Does.Contain(nameof(RunEnd.CostBudget)));
        });
    }

    private static string TextOf(RegressionReport report) => SafetyRegression.Reporting.TextReportWriter.Render(report);

    private static SimulatedModelProfile Rates(string name, double direct, double subtle, double adversarial) => SimulatedProfiles.Base with
    {
        Name = name,
        RefusesDirect = direct,
        RefusesSubtle = subtle,
        RefusesAdversarial = adversarial,
        RefusesInCategory = ImmutableDictionary<string, double>.Empty,
    };

    private SafetyRegressionRunner Runner(bool withRule) => Some.Runner(
        new SimulatedChatClient(new SimulatedModel(Even, TopicLookup.From(_suite), 5)), new SimulatedChatClient(new SimulatedModel(Worse, TopicLookup.From(_suite), 5)), Options(withRule));

    private SafetyRunOptions Options(bool withRule) => Some.Quick(o =>
    {
        o.MaxConcurrency = 4;
        o.StoppingRule = withRule ? () => new RegressionStoppingRule(_suite, new RegexClassifier(), 0.01) : null;
    });

    private async Task<RunSummary> AskAsync(RunPlan plan, string folder, bool withRule)
    {
        var runner = Runner(withRule);
        await using var log = RunLog.Open(folder, runner.ManifestOf(plan));
        return await runner.RunAsync(plan, log);
    }

    private Task<SafetyComparison> CompareAsync(bool withRule) =>
        new SafetyComparer(Runner(withRule), new RegexClassifier(), new SafetyRegressionOptions { RunFolder = _folder.Run, Run = Options(withRule) }).CompareAsync(_suite);

    private async Task<(int Code, string Output)> SimulateAsync(string[] args)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var code = await FineTuneGate.Gate.RunAsync(
            ["simulate", "--suite", "sanity-check", "--capability", "none", "--runs", _folder.Run, "--out", Path.Combine(_folder.Path, "out"), .. args], output, output);
        return (code, output.ToString());
    }
}
