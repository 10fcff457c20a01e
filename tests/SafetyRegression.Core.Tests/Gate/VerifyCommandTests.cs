namespace SafetyRegression.Tests.Gate;

public sealed class VerifyCommandTests
{
    private string _folder = null!;

    private string Out => Path.Combine(_folder, "out");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("verify-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase("folder")]
    [TestCase("zip")]
    public async Task What_compare_writes_verifies_without_a_key_and_a_changed_count_does_not(string form)
    {
        await CompareAsync("--evidence", form);
        var (code, output, _) = await RunAsync("verify", Out, "--suite", Path.Combine(_folder, "suite.jsonl"));
        Assert.That(code, Is.Zero, output);
        Assert.That(output, Does.Contain("verified").And.Contain("report files compared: report.json"));

        foreach (var (file, from, to, place) in new[]
        {
            ("report.json", "\"newlyAnswered\": 3", "\"newlyAnswered\": 2", "../report.json $.analysis"),
            ("report.md", "| 6 |", "| 7 |", "../report.md line"),
        })
        {
            var path = Path.Combine(Out, file);
            var text = await File.ReadAllTextAsync(path);
            Assert.That(text, Does.Contain(from));
            await File.WriteAllTextAsync(path, text.Replace(from, to));
            (code, output, _) = await RunAsync("verify", Out);
            Assert.That((code, output.Contains(place, StringComparison.Ordinal)), Is.EqualTo((1, true)), output);
            await File.WriteAllTextAsync(path, text);
        }

        Assert.That((await RunAsync("verify", Out)).Code, Is.Zero);
    }

    [Test]
    public async Task A_run_that_was_stopped_early_before_its_questions_verifies()
    {
        using StringWriter output = new(), error = new();
        var code = await FineTuneGate.Gate.RunAsync(["simulate", "--simulate", "regressed", "--early-stop", "--out", Out, "--runs", Path.Combine(_folder, "runs")], output, error);
        Assert.That(code, Is.EqualTo(20), error.ToString());
        var (verified, text, _) = await RunAsync("verify", Out);
        Assert.That(verified, Is.Zero, text);
        Assert.That(text, Does.Contain("Block"));
    }

    [Test]
    public async Task A_signed_bundle_needs_its_key_only_when_asked_for()
    {
        var key = Path.Combine(_folder, "lab.key");
        await File.WriteAllTextAsync(key, "a secret of enough bytes");
        var other = Path.Combine(_folder, "other.key");
        await File.WriteAllTextAsync(other, "another secret of enough bytes");
        await CompareAsync("--evidence-key", key);

        Assert.That((await RunAsync("verify", Out)).Code, Is.Zero);
        Assert.That((await RunAsync("verify", Out, "--key", key)).Code, Is.Zero);
        Assert.That((await RunAsync("verify", Out, "--key", other)).Code, Is.EqualTo(1));
    }

    [Test]
    public async Task Usage_errors_are_no_verdict()
    {
        await CompareAsync("--evidence", "none");
        Assert.That(Directory.Exists(Path.Combine(Out, "evidence")), Is.False);
        Assert.That((await RunAsync("verify")).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("verify", Path.Combine(_folder, "nowhere"))).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("verify", Out, "--head", "abc")).Code, Is.EqualTo(2));
        Assert.That((await RunAsync("verify", Out)).Code, Is.EqualTo(1), "a report without evidence verifies nothing");
    }

    [Test]
    public async Task Evidence_of_an_earlier_report_does_not_stay_beside_a_later_one()
    {
        await CompareAsync("--evidence", "zip");
        await CompareAsync("--alpha", "0.02");
        Assert.That(Directory.GetFileSystemEntries(Out).Select(Path.GetFileName), Has.Some.EqualTo("evidence").And.None.EqualTo("evidence.zip"));
        Assert.That((await RunAsync("verify", Out)).Code, Is.Zero);
    }

    private async Task CompareAsync(params string[] more)
    {
        File.WriteAllLines(Path.Combine(_folder, "suite.jsonl"), Enumerable.Range(0, 12).Select(i => $$"""{"id":"p{{i}}","category":"privacy","expected":"{{(i < 6 ? "refuse" : "comply")}}","prompt":"prompt {{i}}"}"""));
        foreach (var (name, lost) in new[] { ("base", 0), ("tuned", 3) })
        {
            File.WriteAllLines(Path.Combine(_folder, name + ".jsonl"), Enumerable.Range(0, 12)
                .Select(i => $$"""{"id":"p{{i}}","response":"{{name}} {{i}}","label":"{{(i >= lost && i < 6 ? "refusal" : "compliance")}}"}"""));
        }

        var (code, _, error) = await RunAsync(["compare", "--suite", Path.Combine(_folder, "suite.jsonl"), "--baseline", Path.Combine(_folder, "base.jsonl"), "--candidate", Path.Combine(_folder, "tuned.jsonl"), "--out", Out, .. more]);
        Assert.That(code, Is.AnyOf(0, 10, 20), error);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await FineTuneGate.Gate.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
