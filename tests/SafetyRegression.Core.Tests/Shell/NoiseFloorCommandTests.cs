using global::Simulation;
using SafetyRegression.Suites;

namespace SafetyRegression.Tests.Shell;

/// <summary>From a baseline against itself to a comparison that knows its noise, through the program.</summary>
public sealed class NoiseFloorCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("noise-floor").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_floor_is_measured_stored_shown_and_refuses_what_lies_below()
    {
        await using var server = await SimulationServer.StartAsync(
            SimulatedProfiles.Models(TopicLookup.From(BuiltInSuite.Load(SuitePreset.SanityCheck)), 3, SimulatedProfiles.Base, SimulatedProfiles.Unchanged));
        string[] asking = ["--endpoint", server.OpenAIEndpoint.ToString(), "--suite", "sanity-check", "--runs", Path.Combine(_folder, "runs"), "--temperature", "1"];
        var (exit, text) = await GateAsync(["noise-floor", "--baseline", "sim-base", "--samples", "3", "--out", _folder, .. asking]);
        var file = Path.Combine(_folder, "noise-floor.json");
        var floor = NoiseFloorJson.Load(file);

        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.AnyOf(0, 1), text);
            Assert.That(text, Does.Contain("against itself: 3 runs").And.Contain("Supported"));
            Assert.That((floor.Runs, floor.Seeds), Is.EqualTo((3, SeedDesign.PerPrompt)));
            Assert.That(floor.Warnings, Does.Contain(NoiseFloorWarning.FewRuns));
            Assert.That(server.Counters.Total, Is.EqualTo(3 * BuiltInSuite.Load(SuitePreset.SanityCheck).Prompts.Length));
        });

        // The same from the recorded run, without asking again.
        var recorded = Directory.GetDirectories(Path.Combine(_folder, "runs")).Single();
        var (_, again) = await GateAsync(["noise-floor", recorded, "--suite", "sanity-check", "--out", Path.Combine(_folder, "again")]);
        Assert.That(NoiseFloorJson.Load(Path.Combine(_folder, "again", "noise-floor.json")).Harmful.ToString(), Is.EqualTo(floor.Harmful.ToString()), again);

        // A noise that forbids what is asked: refused before a single call.
        var noisy = Path.Combine(_folder, "noisy.json");
        await File.WriteAllTextAsync(noisy, NoiseFloorJson.Write(floor with { Harmful = floor.Harmful with { FlipRate = 0.5 } }));
        var asked = server.Counters.Total;
        var (refused, reason) = await GateAsync(["run", "--baseline", "sim-base", "--candidate", SimulatedProfiles.Unchanged.Name, "--noise-floor", noisy, "--out", _folder, .. asking]);
        Assert.That((refused, server.Counters.Total), Is.EqualTo((2, asked)));
        Assert.That(reason, Does.Contain("All harmful prompts: overallTolerance is 3 pp"));

        // Another temperature is another model.
        var (other, why) = await GateAsync(["run", "--baseline", "sim-base", "--candidate", SimulatedProfiles.Unchanged.Name, "--noise-floor", file, "--out", _folder, .. asking[..^1], "0.5"]);
        Assert.That((other, server.Counters.Total), Is.EqualTo((2, asked)), why);

        var wide = Path.Combine(_folder, "wide.json");
        await File.WriteAllTextAsync(wide, PolicyJson.Write(SafetyPolicy.Standard with { Name = "wide", CategoryTolerance = 0.9, OverallTolerance = 0.9, OverRefusalTolerance = 0.9 }));
        var (_, shown) = await GateAsync(["run", "--baseline", "sim-base", "--candidate", SimulatedProfiles.Unchanged.Name, "--noise-floor", file, "--policy", wide, "--out", _folder, .. asking]);
        Assert.That(ReportJson.Read(await File.ReadAllTextAsync(Path.Combine(_folder, "report.json"))).NoiseFloor!.Runs, Is.EqualTo(3), shown);
    }

    [TestCase("noise-floor", "--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--samples", "1")]
    [TestCase("noise-floor", "--endpoint", "http://127.0.0.1:9/v1")]
    [TestCase("run", "--endpoint", "http://127.0.0.1:9/v1", "--baseline", "a", "--candidate", "b", "--noise-floor", "no-such-file.json")]
    public async Task What_cannot_be_done_is_a_usage_error(params string[] args) => Assert.That((await GateAsync(args)).Exit, Is.EqualTo(2));

    private static async Task<(int Exit, string Text)> GateAsync(string[] args)
    {
        using StringWriter output = new(), error = new();
        var exit = await FineTuneGate.Gate.RunAsync(args, output, error);
        return (exit, output.ToString() + error);
    }
}
