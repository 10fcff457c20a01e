namespace SafetyRegression.Tests.Adversarial;

/// <summary>Attacks from the command line, on simulated models.</summary>
public sealed class AttackCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("attack-command").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase]
    [TestCase("--attack-replay")]
    public async Task Attackers_are_set_on_both_models_and_reported(params string[] more)
    {
        var (exit, output) = await RunAsync(["--simulate", "regressed", "--suite", "sanity-check", "--multi-turn", "crescendo,pair", "--attacker", "sim-attacker", "--attack-scenarios", "2", "--attack-turns", "4", "--capability", "none", .. more]);
        var report = ReportJson.Read(await File.ReadAllTextAsync(Path.Combine(_folder, "out", "report.json")));
        var attacks = report.Analysis.MultiTurn!.Adaptive;
        Assert.Multiple(() =>
        {
            Assert.That(exit, Is.EqualTo(20), output);
            Assert.That(attacks.Select(attack => (attack.Attacker, attack.IsReplay, attack.IsComplete, attack.Turns!.Planned)), Is.EqualTo(new[] { ("crescendo@1", more.Length == 1, true, 16), ("pair@1", more.Length == 1, true, 16) }));
            Assert.That(attacks[0].Turns!.Baseline.Scored, Is.EqualTo(16));
            Assert.That(output, Does.Contain("Attacks by crescendo, pair, made first: at most"));
            Assert.That(Directory.GetFiles(Path.Combine(_folder, "runs"), "attacks.jsonl", SearchOption.AllDirectories), Has.Length.EqualTo(1));
        });
    }

    [TestCase("--attacker", "sim-attacker")]
    [TestCase("--multi-turn", "pair")]
    public async Task Half_an_order_is_a_usage_error(params string[] args) =>
        Assert.That((await RunAsync([.. args, "--suite", "sanity-check"])).Exit, Is.EqualTo(2));

    private async Task<(int Exit, string Output)> RunAsync(string[] args)
    {
        using StringWriter output = new(), error = new();
        var exit = await FineTuneGate.Gate.RunAsync([.. args, "--out", Path.Combine(_folder, "out"), "--runs", Path.Combine(_folder, "runs")], output, error);
        return (exit, output.ToString() + error);
    }
}
