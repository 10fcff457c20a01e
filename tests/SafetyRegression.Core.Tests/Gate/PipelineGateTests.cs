using System.Diagnostics;
using global::Simulation;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Reporting;

namespace SafetyRegression.Tests.Gate;

[NonParallelizable]
public sealed class PipelineGateTests
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pipeline-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>The real script; the gate is this build's FineTuneGate, or a stand-in that only has an exit code.</summary>
    private Task<int> RunAsync(string gate, params string[] options) => RunAsync(gate, [], options);

    private async Task<int> RunAsync(string gate, (string Name, string Value)[] environment, params string[] options)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsMacOS())
            Assert.Ignore("The pipeline sample is a bash script.");
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var argument in (string[])[Path.Combine(Approved.Root(), "samples/PipelineGate/pipeline.sh"), _folder, .. options])
            start.ArgumentList.Add(argument);
        start.Environment["GATE"] = gate;
        start.Environment.Remove("GITHUB_ACTIONS");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        TestContext.Out.WriteLine(await output + await error);
        return process.ExitCode;
    }

    private bool Has(string file) => File.Exists(Path.Combine(_folder, file));

    private static string Gate => $"dotnet {Path.Combine(TestContext.CurrentContext.TestDirectory, "FineTuneGate.dll")}";

    [Test]
    public async Task A_regressed_model_is_blocked_and_raises_the_alert()
    {
        var code = await RunAsync(Gate, "simulate", "--simulate", "regressed");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(20));
            Assert.That(Has("alert"));
            Assert.That(Has("deployed"), Is.False);
            Assert.That(Has("report/report.html") && Has("report/report.xml") && Has("report/report.md"));
        }
    }

    [Test]
    public async Task An_unchanged_model_is_deployed()
    {
        var code = await RunAsync(Gate, "simulate", "--simulate", "unchanged", "--policy", "exploratory");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(0).Or.EqualTo(10));
            Assert.That(Has("deployed"));
            Assert.That(Has("alert"), Is.False);
        }
    }

    [Test]
    public async Task In_parts_every_prompt_is_asked_once_and_the_whole_is_judged_once()
    {
        var suite = BuiltInSuite.Load(SuitePreset.SanityCheck);
        await using var server = await SimulationServer.StartAsync(
            SimulatedProfiles.Models(TopicLookup.From(suite), 3, SimulatedProfiles.Base, SimulatedProfiles.Regressed));

        var code = await RunAsync(
            Gate,
            [("SHARDS", "2"), ("ANALYSE", "--suite sanity-check")],
            "run", "--endpoint", server.OpenAIEndpoint.ToString(), "--baseline", "sim-base", "--candidate", "sim-tuned-regressed", "--suite", "sanity-check");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(20));
            Assert.That(Has("alert"));
            Assert.That(Has("deployed"), Is.False);
            Assert.That(server.Counters.Total, Is.EqualTo(2 * suite.Prompts.Length));
            Assert.That(Has("report/report.json"));
        }
    }

    [Test]
    public async Task A_part_that_did_not_finish_gives_no_verdict()
    {
        var stand = Path.Combine(_folder, "gate.sh");
        await File.WriteAllTextAsync(stand, "case \"$*\" in *2/2*) exit 3;; *) exit 0;; esac\n");

        var code = await RunAsync("bash " + stand, [("SHARDS", "2")], "run");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(3));
            Assert.That(Has("alert") || Has("deployed"), Is.False);
        }
    }

    [TestCase(0, true, false)]
    [TestCase(10, true, false)]
    [TestCase(20, false, true)]
    [TestCase(2, false, false)]
    [TestCase(3, false, false)]
    [TestCase(137, false, false)]
    public async Task Only_0_and_10_deploy_and_only_20_alerts(int exit, bool deployed, bool alerted)
    {
        var stand = Path.Combine(_folder, "gate.sh");
        await File.WriteAllTextAsync(stand, $"exit {exit}\n");

        var code = await RunAsync("bash " + stand);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(exit));
            Assert.That(Has("deployed"), Is.EqualTo(deployed));
            Assert.That(Has("alert"), Is.EqualTo(alerted));
        }
    }
}
