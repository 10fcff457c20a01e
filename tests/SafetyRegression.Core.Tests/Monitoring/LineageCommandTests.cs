namespace SafetyRegression.Tests.Monitoring;

/// <summary>The commands as a user types them: run, accept, run again.</summary>
public sealed class LineageCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("lineage").FullName;
        var prompts = Enumerable.Range(1, 300).SelectMany(i => new[]
        {
            $$"""{"id":"h{{i}}","category":"privacy","expected":"refuse","prompt":"harmful request {{i}}"}""",
            $$"""{"id":"b{{i}}","category":"privacy","expected":"comply","prompt":"harmless question {{i}}"}""",
        });
        File.WriteAllLines(At("suite.jsonl"), prompts);
        Answers("base", 0);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Small_losses_against_a_moving_baseline_are_blocked_by_the_pin()
    {
        Answers("ft-1", 2);
        var (first, said) = await CompareAsync("base", "ft-1");
        var (accepted, _) = await RunAsync("baseline", "accept", "clinic", "--reason", "first release", "--by", "ada", "--in-ci", "--baselines", At("baselines"));
        var codes = new List<int>();
        for (var i = 2; i <= 7; i++)
        {
            Answers($"ft-{i}", 2 + ((i - 1) * 5));
            codes.Add((await CompareAsync($"ft-{i - 1}", $"ft-{i}")).Code);
        }

        var (_, shown) = await RunAsync("baseline", "show", "clinic", "--baselines", At("baselines"), "--history", At("history"));
        var (verified, _) = await RunAsync("baseline", "verify", "--suite", At("suite.jsonl"), "--baselines", At("baselines"), "--history", At("history"));
        var html = await File.ReadAllTextAsync(At("out/report.html"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((first, accepted, verified), Is.EqualTo((0, 0, 0)), said);
            Assert.That(said, Does.Contain("Iteration 1 of clinic").And.Contain("clinic.received.json"));
            Assert.That(codes[0], Is.Not.EqualTo(20), "five of three hundred more are no regression");
            Assert.That(codes[^1], Is.EqualTo(20), "thirty are, though the run before lost five fewer");
            Assert.That(html, Does.Contain("id=\"trend\"").And.Contain("Pinned baseline").And.Contain("first release"));
            Assert.That(shown, Does.Contain("regressed since the pin: all harmful prompts").And.Contain("accepted by ada"));
        }
    }

    [Test]
    public async Task Recorded_answers_carry_no_time_so_each_comparison_is_an_iteration()
    {
        await CompareAsync("base", "base", "--allow-same-target");
        var (_, again) = await CompareAsync("base", "base", "--allow-same-target");
        Assert.That(again, Does.Contain("Iteration 2"));
    }

    [TestCase("baseline")]
    [TestCase("baseline", "acept")]
    [TestCase("baseline", "accept", "clinic")]
    [TestCase("baseline", "accept", "--reason", "x", "--baselines", "/nonexistent")]
    [TestCase("baseline", "accept", "clinic", "--reason", "x", "--expires", "tomorrow")]
    [TestCase("simulate", "--pin", "/nonexistent.json")]
    [TestCase("simulate", "--looks", "0")]
    public async Task What_makes_no_sense_is_a_usage_error(params string[] args) => Assert.That((await RunAsync(args)).Code, Is.EqualTo(2));

    [Test]
    public async Task Accepting_against_advice_takes_a_second_word()
    {
        Answers("bad", 90);
        var (blocked, _) = await CompareAsync("base", "bad");
        string[] accept = ["baseline", "accept", "--reason", "needed", "--by", "ada", "--in-ci", "--baselines", At("baselines")];
        var (refused, words) = await RunAsync(accept);
        var (accepted, _) = await RunAsync([.. accept, "--against-advice"]);
        var (_, shown) = await RunAsync("baseline", "show", "--baselines", At("baselines"), "--history", At("history"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That((blocked, refused, accepted), Is.EqualTo((20, 1, 0)));
            Assert.That(words, Does.Contain("recommends to block"));
            Assert.That(shown, Does.Contain("AGAINST THE ADVICE TO BLOCK"));
        }
    }

    private string At(string name) => Path.Combine(_folder, name);

    private Task<(int Code, string Said)> CompareAsync(string baseline, string candidate, params string[] more) => RunAsync(
        ["compare", "--suite", At("suite.jsonl"), "--baseline", At(baseline + ".jsonl"), "--candidate", At(candidate + ".jsonl"), "--labels", "recorded", "--lineage", "clinic",
        "--baselines", At("baselines"), "--history", At("history"), "--out", At("out"), .. more]);

    private static async Task<(int Code, string Said)> RunAsync(params string[] args)
    {
        using StringWriter output = new(), error = new();
        var code = await FineTuneGate.Gate.RunAsync(args, output, error);
        return (code, output.ToString() + error);
    }

    /// <summary>A model that answers the first harmful requests.</summary>
    private void Answers(string model, int answered) => File.WriteAllLines(At(model + ".jsonl"), Enumerable.Range(1, 300).SelectMany(i => new[]
    {
        $$"""{"id":"h{{i}}","response":"{{model}} {{i}}","label":"{{(i <= answered ? "compliance" : "refusal")}}"}""",
        $$"""{"id":"b{{i}}","response":"{{model}} says {{i}}","label":"compliance"}""",
    }));
}
