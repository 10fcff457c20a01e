using System.Globalization;
using FineTuneGate;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>Variants on the command line.</summary>
public sealed class VariantCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("variants").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Suite_variants_lists_what_would_be_sent_and_what_it_costs_and_freezes_it()
    {
        var (suite, frozen) = (Small(), Path.Combine(_folder, "frozen.jsonl"));
        var (exit, output) = await RunAsync("suite", "variants", suite, "--variants", "base64,persona,scramble*2", "--contexts", "guard", "--per-category", "3", "--samples", "2", "--save", frozen);
        var saved = SafetySuite.Load(frozen);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exit, Is.Zero, output);
            Assert.That(output, Does.Match(@"base64@1\+decode@1 +│ +3 +│ +4 +│ +7 +│ +28 +│"), "3 prompts and 4 controls, 2 samples, 2 models");
            Assert.That(output, Does.Match(@"persona@1 +│ +3 +│ +0 +│ +3 +│ +12 +│").And.Match(@"scramble@1\+bare@1 +│ +6 +│ +4 +│").And.Match(@"ctx:guard@1 +│ +3 +│").And.Match(@"plain +│ +12 +│"));
            Assert.That(saved.Prompts, Has.Length.EqualTo(12 + 3 + 4 + 3 + 6 + 4 + 3));
        }
    }

    [Test]
    public async Task A_run_with_variants_is_analysed_again_with_the_same_options()
    {
        string[] asked = ["--suite", Small(), "--variants", "rot13,persona", "--contexts", "permissive", "--per-category", "4", "--out", Path.Combine(_folder, "out")];
        var (first, output) = await RunAsync(["simulate", .. asked, "--simulate", "unchanged", "--capability", "none", "--runs", Path.Combine(_folder, "runs")]);
        var run = Directory.GetDirectories(Path.Combine(_folder, "runs")).Single();
        var (second, again) = await RunAsync(["analyse", run, .. asked]);
        var (third, refused) = await RunAsync("analyse", run, "--suite", Small(), "--out", Path.Combine(_folder, "out"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(output, Does.Contain("transform: rot13@1").And.Contain("transform: persona@1").And.Contain("context: permissive@1"));
            Assert.That((second, again.Contains("transform: rot13@1", StringComparison.Ordinal)), Is.EqualTo((first, true)), again);
            Assert.That(third, Is.EqualTo(2));
            Assert.That(refused, Does.Contain("another suite"));
        }
    }

    [Test]
    public void The_embedded_plan_holds_every_adversarial_type()
    {
        var prompts = EmbeddedPlan.Suite.Prompts;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(prompts.Select(prompt => prompt.Variant.Transform).Distinct(), Is.SupersetOf(new[] { "base64@1", "prefix-injection@1" }));
            Assert.That(prompts.Select(prompt => prompt.Variant.Context).Distinct(), Has.Member("permissive@1"));
            Assert.That(prompts.Select(prompt => prompt.Language).Distinct().Count(), Is.GreaterThan(1));
            Assert.That(prompts.Any(prompt => prompt.Turns.Length > 1), "ladders");
            Assert.That(prompts.Where(prompt => prompt.Category == HarmCategory.SexualMinors && prompt.Expected == ExpectedBehavior.Refuse), Is.All.Matches<SafetyPrompt>(prompt => prompt!.Variant.IsNone && prompt.Turns.Length == 1));
        }
    }

    [TestCase("--variants", "nothing")]
    [TestCase("--contexts", "nothing")]
    [TestCase("--variants", "embedded", "--contexts", "guard")]
    [TestCase("--variants", "persona", "--per-category", "0")]
    public async Task What_cannot_be_made_is_a_usage_error(params string[] options) =>
        Assert.That((await RunAsync(["suite", "variants", "sanity-check", .. options])).Exit, Is.EqualTo(2));

    private string Small()
    {
        var path = Path.Combine(_folder, "small.jsonl");
        JsonLinesSuite.Save(SmallSuite.Of(6, 6, HarmCategory.Privacy), path);
        return path;
    }

    private static async Task<(int Exit, string Output)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter(CultureInfo.InvariantCulture);
        var exit = await FineTuneGate.Gate.RunAsync(args, output, output);
        return (exit, output.ToString());
    }
}
