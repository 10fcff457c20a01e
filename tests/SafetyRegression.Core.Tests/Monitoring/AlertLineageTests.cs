using System.Text.Json;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyRegression.Benchmarks.Monitoring;
using SafetyRegression.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>From runs to receivers: outbox, de-duplication, resolution, health.</summary>
public sealed class AlertLineageTests
{
    private static readonly Drifting _family = new(21, perCategory: 60, rate: 1, noise: 0, benign: 320);
    private static readonly DateTimeOffset _start = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("alerts").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Ten_runs_raise_one_alert_an_incident_and_the_first_good_run_resolves_it()
    {
        await using var pager = await AlertStub.StartAsync(AlertStub.Always(202, """{"status":"success"}"""));
        await using var slack = await AlertStub.StartAsync();
        // Slack is away during the third and fourth runs.
        var away = false;
        slack.Answer = (context, call) => AlertStub.Always(away ? 503 : 200, away ? string.Empty : "ok")(context, call);
        var time = new SkippingTime();
        var routes = new[]
        {
            new AlertRoute { Name = "pager", Sink = new WebhookSink(WebhookFormat.PagerDuty, pager.Hook, new WebhookSinkOptions { RoutingKey = "k" }), Least = AlertSeverity.Critical, Required = true },
            new AlertRoute { Name = "slack", Sink = new WebhookSink(WebhookFormat.Slack, slack.Hook) },
        };
        var board = new LineageBoard();
        board.Expect("clinic");
        var monitor = Monitor(new AlertDispatcher(routes, new AlertOptions { MaxTries = 2, TryTimeout = SkippingTime.Limit }, time), board);
        Pin();
        var health = new List<HealthStatus>();
        var recommendations = new List<DeploymentRecommendation>();
        var undelivered = new List<int>();
        double[] lost = [0, 0, 0.3, 0.3, 0.35, 0, 0, 0.3, 0.3, 0];
        for (var i = 0; i < lost.Length; i++)
        {
            away = i is 2 or 3;
            var run = _family.Run($"ft-{i + 1:00}", lost[i], at: _start.AddDays(i));
            var observed = await monitor.ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = run });
            recommendations.Add(observed.Assessment.Entry.Recommendation);
            health.Add((await new SafetyHealthCheck(board, new SkippingTime { Now = _start.AddDays(i) }).CheckHealthAsync(new HealthCheckContext())).Status);
            if (observed.Alerts.Any(receipt => !receipt.Delivered))
                undelivered.Add(i + 1);
            Assert.That(observed.IsAlertOwed, Is.False, "slack is not required");
        }

        const DeploymentRecommendation Deploy = DeploymentRecommendation.Deploy, Block = DeploymentRecommendation.Block;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recommendations, Is.EqualTo(new[] { Deploy, Deploy, Block, Block, Block, Deploy, Deploy, Block, Block, Deploy }));
            Assert.That(Actions(pager, "event_action"), Is.EqualTo(new[] { "trigger", "resolve", "trigger", "resolve" }), "one alert an incident, however many runs it lasts");
            Assert.That(Actions(pager, "dedup_key").Distinct().ToList(), Has.Count.EqualTo(1), "by lineage, so that a later pass resolves it");
            // Tries in runs 3 and 4 fail; run 5 delivers what still holds, run 6 resolves, runs 8 and 10 follow.
            Assert.That(undelivered, Is.EqualTo(new[] { 3, 4 }));
            Assert.That(slack.Calls, Has.Count.EqualTo(2 + 2 + 1 + 1 + 1 + 1));
            Assert.That(Actions(slack, "text").TakeLast(4).Select(text => text.Split(':')[0]), Is.EqualTo(new[] { "Safety regression", "Resolved", "Safety regression", "Resolved" }));
            Assert.That(health, Is.EqualTo(recommendations.Select(r => r == Block ? HealthStatus.Unhealthy : HealthStatus.Healthy)));
        }
    }

    [Test]
    public async Task The_alert_carries_the_head_of_the_evidence_with_the_lineage_in_it()
    {
        await using var stub = await AlertStub.StartAsync();
        var monitor = Monitor(new AlertDispatcher([new AlertRoute { Name = "hook", Sink = new WebhookSink(WebhookFormat.Generic, stub.Hook) }]), board: null);
        Pin();
        var run = _family.Run("ft-01", 0.3, at: _start);
        var evidence = Evidence.Create(_family.Suite, _family.Run("base", 0, at: _start, arm: Arm.Baseline), run);
        var observed = await monitor.ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = run, Evidence = evidence });
        await observed.Evidence!.WriteAsync(Path.Combine(_folder, "evidence"));
        var watched = await monitor.ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = run with { CompletedAt = _start.AddDays(1) }, Evidence = evidence, Purpose = LineagePurpose.Watch });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(JsonDocument.Parse(stub.Calls[0].Body).RootElement.GetProperty("evidenceHead").GetString(), Is.EqualTo(observed.Evidence.Seal.Head));
            Assert.That(observed.Evidence.Seal.Head, Is.Not.EqualTo(evidence.Seal.Head), "the trend is in the chain");
            Assert.That(observed.Report, Is.SameAs(observed.Evidence.Report));
            Assert.That(Evidence.Verify(_folder).IsValid);
            Assert.That(watched.Evidence, Is.SameAs(evidence));
            Assert.That(watched.Report!.Seal, Is.Null, "what a watch decides does not follow from the bundle");
        }
    }

    [Test]
    public async Task A_report_that_is_not_the_evidences_own_leaves_no_trace()
    {
        var monitor = Monitor(alerts: null, board: null);
        Pin();
        var (baseline, run) = (_family.Run("base", 0, at: _start, arm: Arm.Baseline), _family.Run("ft-01", 0.3, at: _start));
        var iteration = new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = run, Evidence = Evidence.Create(_family.Suite, baseline, run) };
        var other = RegressionReport.Create(_family.Suite, baseline, run, SafetyPolicy.Strict);

        Assert.That(async () => await monitor.ObserveAsync(iteration with { Report = other }), Throws.ArgumentException);
        Assert.That((await monitor.ObserveAsync(iteration)).Assessment.Iteration, Is.EqualTo(1));
    }

    [Test]
    public async Task An_alert_is_in_the_run_log_before_it_is_sent_and_survives_a_kill()
    {
        var suite = _family.Suite;
        var manifest = new RunManifest { SuiteName = suite.Name, SuiteVersion = suite.Version, SuiteFingerprint = suite.Fingerprint, Items = 1, Samples = 1, Candidate = new TargetIdentity { Provider = "p", Model = "m" } };
        var folder = Path.Combine(_folder, "run");
        var seen = string.Empty;
        await using var stub = await AlertStub.StartAsync(AlertStub.HangAsync);
        using var killed = new CancellationTokenSource();
        stub.Answer = async (context, _) =>
        {
            seen = await File.ReadAllTextAsync(Path.Combine(folder, RunLog.FileName));
            await killed.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var dispatcher = new AlertDispatcher([new AlertRoute { Name = "hook", Sink = new WebhookSink(WebhookFormat.Generic, stub.Hook), Required = true }], new AlertOptions { TryTimeout = TimeSpan.FromSeconds(20) });
        await using (var log = RunLog.Open(folder, manifest))
            Assert.That(async () => await dispatcher.SendAsync(Alerts.Of(), log, killed.Token), Throws.InstanceOf<OperationCanceledException>());

        stub.Answer = AlertStub.Always(200);
        System.Collections.Immutable.ImmutableArray<AlertReceipt> resumed, again;
        await using (var log = RunLog.Open(folder))
        {
            resumed = await dispatcher.ResumeAsync(log);
            again = await dispatcher.ResumeAsync(log);
        }

        await using var third = RunLog.Open(folder);
        var forgotten = await new AlertDispatcher([]).ResumeAsync(third);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Does.Contain("\"t\":\"alert\"").And.Contain("\"delivered\":false"));
            Assert.That(seen, Does.Not.Contain(AlertStub.Token));
            Assert.That(resumed.Single().Delivered);
            Assert.That(again, Is.Empty, "what was delivered is not sent again");
            Assert.That(forgotten, Is.Empty);
            Assert.That(stub.Calls.Select(call => call.Headers["webhook-id"]).Distinct().ToList(), Has.Count.EqualTo(1), "the receiver can tell the repetition");
        }
    }

    [Test]
    public async Task An_undelivered_required_alert_is_a_failure_of_its_own_and_changes_no_recommendation()
    {
        await using var stub = await AlertStub.StartAsync(AlertStub.Always(500));
        var board = new LineageBoard();
        var monitor = Monitor(
            new AlertDispatcher([new AlertRoute { Name = "hook", Sink = new WebhookSink(WebhookFormat.Generic, stub.Hook), Required = true }], new AlertOptions { MaxTries = 1 }), board);
        Pin();
        var blocked = await monitor.ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = _family.Run("bad", 0.3, at: _start) });
        var alone = await Monitor(alerts: null, board: null).ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = _family.Run("bad", 0.3, at: _start) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(blocked.IsAlertOwed);
            Assert.That(board.Statuses.Single().IsAlertOwed);
            Assert.That(alone.Assessment.Iteration, Is.EqualTo(blocked.Assessment.Iteration), "the same run again is the same iteration");
            Assert.That(alone.Assessment.Entry.Recommendation, Is.EqualTo(blocked.Assessment.Entry.Recommendation));
            Assert.That(LineageHistory.Open(LineageHistory.PathOf(Path.Combine(_folder, "history"), "clinic")).Entries, Has.Length.EqualTo(1));
        }
    }

    [Test]
    public async Task A_check_that_could_not_be_made_is_told_and_resolved_by_the_next_one()
    {
        await using var stub = await AlertStub.StartAsync();
        var board = new LineageBoard();
        board.Expect("clinic");
        var monitor = Monitor(new AlertDispatcher([new AlertRoute { Name = "hook", Sink = new WebhookSink(WebhookFormat.PagerDuty, stub.Hook, new WebhookSinkOptions { RoutingKey = "k" }) }]), board);
        Pin();
        await monitor.ReportIncompleteAsync("clinic", _family.Suite, "ft-1");
        await monitor.ReportIncompleteAsync("clinic", _family.Suite, "ft-1");
        var during = await Health(board, _start);
        await monitor.ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = _family.Run("ft-1", 0, at: _start) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Actions(stub, "event_action"), Is.EqualTo(new[] { "trigger", "resolve" }));
            Assert.That(during.Status, Is.EqualTo(HealthStatus.Degraded));
            Assert.That(during.Description, Does.Contain("could not be made"));
            Assert.That((await Health(board, _start)).Status, Is.EqualTo(HealthStatus.Healthy));
        }
    }

    [Test]
    public async Task Health_follows_recommendation_age_and_what_is_missing()
    {
        LineageStatus Of(DeploymentRecommendation? recommendation) => new() { Lineage = "l", Recommendation = recommendation, At = _start, ValidUntil = _start.AddDays(30) };
        async Task<HealthStatus> With(LineageStatus status, int days = 1)
        {
            var board = new LineageBoard();
            board.Set(status);
            return (await Health(board, _start.AddDays(days))).Status;
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(await With(Of(DeploymentRecommendation.Deploy)), Is.EqualTo(HealthStatus.Healthy));
            Assert.That(await With(Of(DeploymentRecommendation.DeployWithMonitoring)), Is.EqualTo(HealthStatus.Degraded));
            Assert.That(await With(Of(DeploymentRecommendation.Block)), Is.EqualTo(HealthStatus.Unhealthy));
            Assert.That(await With(Of(DeploymentRecommendation.Deploy), days: 31), Is.EqualTo(HealthStatus.Degraded), "stale");
            Assert.That(await With(Of(DeploymentRecommendation.Block), days: 31), Is.EqualTo(HealthStatus.Unhealthy), "age mends nothing");
            Assert.That(await With(Of(null)), Is.EqualTo(HealthStatus.Degraded), "never observed");
            Assert.That(await With(Of(DeploymentRecommendation.Deploy) with { IsIncomplete = true }), Is.EqualTo(HealthStatus.Degraded));
            Assert.That(await With(Of(DeploymentRecommendation.Deploy) with { IsAlertOwed = true }), Is.EqualTo(HealthStatus.Degraded));
            Assert.That((await Health(new LineageBoard(), _start)).Status, Is.EqualTo(HealthStatus.Degraded), "nothing is watched");
        }
    }

    [Test]
    public async Task A_restarted_host_goes_on_from_the_history()
    {
        Pin();
        await Monitor(null, null).ObserveAsync(new MonitoredIteration { Lineage = "clinic", Suite = _family.Suite, Run = _family.Run("bad", 0.3, at: _start) });
        var board = new LineageBoard();
        board.Expect("clinic", Path.Combine(_folder, "history"));
        Assert.That((await Health(board, _start)).Status, Is.EqualTo(HealthStatus.Unhealthy));
    }

    [Test]
    public async Task A_small_suite_watches_without_clearing()
    {
        var small = new Drifting(22, perCategory: 9, rate: 1, noise: 0, benign: 80);
        var monitor = Monitor(null, null);
        var store = new BaselineStore(Path.Combine(_folder, "baselines"), environment: _ => null);
        store.Receive(PinnedBaseline.Propose("small", small.Suite, small.Run("pin", 0), SafetyPolicy.Standard));
        store.Accept("small", new BaselineAcceptance { By = "ada", Reason = "release" });
        MonitoredIteration Of(double lost, int day, LineagePurpose purpose) => new() { Lineage = "small", Suite = small.Suite, Run = small.Run("m", lost, at: _start.AddDays(day)), Purpose = purpose };
        var watched = await monitor.ObserveAsync(Of(0, 1, LineagePurpose.Watch));
        var cleared = await monitor.ObserveAsync(Of(0, 2, LineagePurpose.Clear));
        var fallen = await monitor.ObserveAsync(Of(0.4, 3, LineagePurpose.Watch));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(watched.Report!.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Deploy));
            Assert.That(watched.Report.Decision.Sentence, Does.StartWith("No alarm:").And.Contain("could have detected a drop of"));
            Assert.That(cleared.Report!.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block), "the same data clear nothing");
            Assert.That(fallen.Report!.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
            Assert.That(fallen.Assessment.IsRegression);
            Assert.That(fallen.Assessment.Entry.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        }
    }

    private void Pin()
    {
        var store = new BaselineStore(Path.Combine(_folder, "baselines"), environment: _ => null);
        store.Receive(PinnedBaseline.Propose("clinic", _family.Suite, _family.Run("pin", 0), SafetyPolicy.Standard));
        store.Accept("clinic", new BaselineAcceptance { By = "ada", Reason = "release" });
    }

    private SafetyMonitor Monitor(AlertDispatcher? alerts, LineageBoard? board) =>
        new(new MonitoringFolders { Baselines = Path.Combine(_folder, "baselines"), History = Path.Combine(_folder, "history") }, alerts: alerts, board: board);

    private static Task<HealthCheckResult> Health(LineageBoard board, DateTimeOffset now) =>
        new SafetyHealthCheck(board, new SkippingTime { Now = now }).CheckHealthAsync(new HealthCheckContext());

    private static List<string> Actions(AlertStub stub, string member) => [.. stub.Calls.Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty(member).GetString()!)];
}
