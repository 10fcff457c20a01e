using System.Text.Json;
using FineTuneGate.CommandLine;
using FineTuneGate.Commands;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>Alerts of the command line: secrets from the environment only, exit code 4.</summary>
public sealed class AlertCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("alert-command").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_blocked_model_is_told_once()
    {
        await using var pager = await AlertStub.StartAsync(AlertStub.Always(202, """{"status":"success"}"""));
        var first = await RunAsync(pager, "regressed", "--require-alert", "pagerduty");
        var verified = Evidence.Verify(At("out"));
        var firstHead = verified.Head;
        var second = await RunAsync(pager, "regressed", "--require-alert", "pagerduty");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verified.IsValid, verified.ToString());
            Assert.That((first.Code, second.Code), Is.EqualTo((20, 20)), first.Said);
            Assert.That(pager.Calls.Select(call => JsonDocument.Parse(call.Body).RootElement.GetProperty("event_action").GetString()), Is.EqualTo(new[] { "trigger" }), "the second blocked run tells nothing new");
            Assert.That(first.Said, Does.Contain("pagerduty (required): critical delivered after 1 try").And.Not.Contain(AlertStub.Token));
            Assert.That(EvidenceIn(pager.Calls[0].Body), Is.EqualTo($"head sha256:{firstHead}"), "the alert names the bundle that was written");
            Assert.That(Directory.EnumerateFiles(_folder, "log.jsonl", SearchOption.AllDirectories).Any(log => File.ReadLines(log).Any(line => line.StartsWith("{\"t\":\"alert\"", StringComparison.Ordinal))), "the outbox is in the run log");
        }
    }

    [Test]
    public async Task An_undelivered_required_alert_is_exit_code_4_and_the_verdict_is_in_the_files()
    {
        await using var away = await AlertStub.StartAsync(AlertStub.Always(500));
        var (code, said) = await RunAsync(away, "regressed", "--require-alert", "slack", "--alert-tries", "1");
        var optional = await RunAsync(away, "regressed", "--alert", "slack", "--alert-tries", "1");
        var report = ReportJson.Read(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "report.json")));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((code, optional.Code), Is.EqualTo((4, 20)), said);
            Assert.That(said, Does.Contain("NOT delivered (ServerError, HTTP 500)").And.Not.Contain(AlertStub.Token));
            Assert.That(report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        }
    }

    [TestCase("--alert", "pigeon")]
    [TestCase("--alert", "webhook")]
    [TestCase("--alert-tries", "2")]
    public void What_cannot_be_told_is_a_usage_error_before_anything_is_asked(params string[] args) =>
        Assert.That(() => new SimulateCommand(_ => null).RunAsync(new ArgumentReader(args), new Terminal(TextWriter.Null, TextWriter.Null, json: false), CancellationToken.None), Throws.InstanceOf<UsageException>());

    [Test]
    public void A_secret_is_in_no_usage_error()
    {
        string? Environment(string name) => name == "SAFETY_ALERT_SLACK_URL" ? $"http://hooks.example/{AlertStub.Token}" : null;
        var run = () => new SimulateCommand(Environment).RunAsync(new ArgumentReader(["--alert", "slack"]), new Terminal(TextWriter.Null, TextWriter.Null, json: false), CancellationToken.None);
        Assert.That(run, Throws.InstanceOf<UsageException>().With.Message.Contains("not HTTPS").And.Message.Not.Contains(AlertStub.Token));
    }

    private async Task<(int Code, string Said)> RunAsync(AlertStub stub, string tuned, params string[] more)
    {
        using StringWriter output = new(), error = new();
        string? Environment(string name) => name.EndsWith("_URL", StringComparison.Ordinal) ? stub.Hook.ToString() : name.EndsWith("_KEY", StringComparison.Ordinal) ? AlertStub.Token : null;
        var code = await new SimulateCommand(Environment).RunAsync(
            new ArgumentReader(["--simulate", tuned, "--lineage", "clinic", "--capability", "none", "--baselines", At("baselines"), "--history", At("history"), "--runs", At("runs"), "--out", At("out"), "--suite", "sanity-check", .. more]),
            new Terminal(output, error, json: false),
            CancellationToken.None);
        return (code, output.ToString() + error);
    }

    private static string? EvidenceIn(string body) => JsonDocument.Parse(body).RootElement.GetProperty("payload").GetProperty("custom_details").GetProperty("Evidence").GetString();

    private string At(string name) => Path.Combine(_folder, name);
}
