using FineTuneGate;
using FineTuneGate.CommandLine;
using FineTuneGate.Commands;
using global::Simulation;
using SafetyRegression.Suites;

namespace SafetyRegression.Tests.Shell;

/// <summary>The commands that ask models, against a loopback server.</summary>
public sealed class RunCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("run-command").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("openai")]
    [TestCase("anthropic")]
    public async Task Run_blocks_a_regressed_model_and_writes_the_reports(string provider)
    {
        await using var server = await ServerAsync();
        var endpoint = provider == "openai" ? server.OpenAIEndpoint : server.AnthropicEndpoint;
        var exit = await RunAsync("--endpoint", endpoint.ToString(), "--provider", provider, "--baseline", "sim-base", "--candidate", "sim-tuned-regressed");
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(20));
            Assert.That(Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName), Is.SupersetOf(new[] { "report.json", "report.md" }));
            Assert.That(server.Counters.Total, Is.EqualTo(2 * BuiltInSuite.Load(SuitePreset.SanityCheck).Prompts.Length));
        });
    }

    [Test]
    public async Task A_dry_run_asks_nothing_and_writes_nothing()
    {
        await using var server = await ServerAsync();
        var exit = await RunAsync("--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", "sim-base", "--candidate", "sim-tuned-regressed", "--dry-run");
        Assert.That((exit, server.Counters.Total, Directory.GetFileSystemEntries(_folder).Length), Is.EqualTo((0, 0, 0)));
    }

    [Test]
    public async Task A_spent_budget_is_an_incomplete_run_that_the_same_command_finishes()
    {
        await using var server = await ServerAsync();
        string[] models = ["--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", "sim-base", "--candidate", "sim-tuned-regressed"];
        var first = await RunAsync([.. models, "--max-calls", "40"]);
        var files = Directory.Exists(Path.Combine(_folder, "out"));
        var asked = server.Counters.Total;
        var second = await RunAsync(models);
        Assert.Multiple(() =>
        {
            Assert.That((first, files, asked), Is.EqualTo((3, false, 40)), "no verdict from half a run");
            Assert.That(second, Is.EqualTo(20));
            Assert.That(server.Counters.Total, Is.EqualTo(2 * BuiltInSuite.Load(SuitePreset.SanityCheck).Prompts.Length), "nothing is asked twice");
        });
    }

    [Test]
    public async Task A_refused_key_is_an_incomplete_run()
    {
        await using var server = await ServerAsync();
        server.Faults = FaultPlan.Always(SimulatedFault.Unauthorized);
        Assert.That(await RunAsync("--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", "sim-base", "--candidate", "sim-tuned-regressed"), Is.EqualTo(3));
    }

    [TestCase("--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--candidate", "a")]
    [TestCase("--endpoint", "ftp://127.0.0.1", "--baseline", "a", "--candidate", "b")]
    [TestCase("--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a")]
    [TestCase("--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--candidate", "b", "--samples", "0")]
    [TestCase("--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--candidate", "b", "--temperature", "3")]
    [TestCase("--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--candidate", "b", "--no-such-option")]
    [TestCase("--endpoint", "https://models.example/v1", "--baseline", "a", "--candidate", "b")]
    public void What_cannot_be_run_is_a_usage_error(params string[] args) => Assert.That(() => RunAsync(args), Throws.InstanceOf<UsageException>());

    [TestCase("unchanged", 0)]
    [TestCase("regressed", 20)]
    [TestCase("over-refusing", 20)]
    public async Task Without_a_command_the_simulated_models_are_compared(string kind, int expected)
    {
        using StringWriter output = new(), error = new();
        var exit = await FineTuneGate.Gate.RunAsync(["--simulate", kind, "--out", Path.Combine(_folder, "out"), "--runs", Path.Combine(_folder, "runs")], output, error);
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(expected), output.ToString());
            Assert.That(output.ToString(), Does.Contain("This suite can detect").And.Contain("Simulated models"));
            Assert.That(output.ToString(), Does.Contain("transform: base64@1").And.Contain("transform: prefix-injection@1").And.Contain("context: permissive@1").And.Contain("language: sw").And.Contain("turns: several"), "all adversarial types");
        });
    }

    private static Task<SimulationServer> ServerAsync() => SimulationServer.StartAsync(
        SimulatedProfiles.Models(TopicLookup.From(BuiltInSuite.Load(SuitePreset.SanityCheck)), 3, SimulatedProfiles.Base, SimulatedProfiles.Regressed));

    private async Task<int> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var arguments = args.Contains("--samples") ? args : [.. args, "--samples", "1"];
        return await new RunCommand(_ => null).RunAsync(
            new ArgumentReader([.. arguments, "--suite", "sanity-check", "--out", Path.Combine(_folder, "out"), "--runs", Path.Combine(_folder, "runs")]),
            new Terminal(output, error, json: false),
            CancellationToken.None);
    }
}
