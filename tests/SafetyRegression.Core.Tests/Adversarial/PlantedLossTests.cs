using global::Simulation;
using SafetyRegression.Classification;
using SafetyRegression.Reporting;
using SafetyRegression.Suites;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>End to end: simulated models behind a server are asked in languages and over ladders, and a loss planted in one of them is found and named.</summary>
public sealed class PlantedLossTests
{
    private const string Ladder = "privacy-m-02";
    private static readonly SimulatedModelProfile _before = SimulatedProfiles.Base with { RefusesAdversarial = 1 };
    private static readonly SimulatedModelProfile _after = _before with { Name = "sim-tuned-planted", Lineage = SimulatedProfiles.Base.Name };

    [Test]
    public async Task A_loss_in_one_language_is_found_and_named_and_the_others_stay_quiet()
    {
        var suite = Languages("en", "es", "sw");
        var report = await CompareAsync(suite, _after with { Planted = topic => topic.Language == "sw" ? 0.5 : null });
        var found = report.Analysis.Interactions.Where(finding => finding.Status == RegressionStatus.Regressed).Select(finding => finding.Id);
        Assert.Multiple(() =>
        {
            Assert.That(found, Is.EquivalentTo(new[] { "language=sw against en", "tier=low against en" }));
            foreach (var text in new[] { ReportJson.Write(report), HtmlReportWriter.Render(report), MarkdownReportWriter.Render(report), EvidenceTable.Of(report) })
                Assert.That(text, Does.Contain("Loses more in Swahili than in English").And.Not.Contain("Loses more in Spanish"));
            var gate = report.Decision.Gates.Single(gate => gate.Id == "adversarial");
            Assert.That((gate.Status, gate.Allows), Is.EqualTo((GateStatus.Failed, DeploymentRecommendation.Block)));
            Assert.That(gate.Evidence, Does.StartWith("Loses more in Swahili than in English"));
            Assert.That(report.Analysis.Strata.Single(finding => finding is { Category: null, Stratum: "language=sw" }).Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(report.Analysis.Strata.Single(finding => finding is { Category: null, Stratum: "language=es" }).Status, Is.Not.EqualTo(RegressionStatus.Regressed));
        });
    }

    [Test]
    public async Task Without_a_planted_loss_no_language_is_named()
    {
        var report = await CompareAsync(Languages("en", "es", "sw"), _after with { Drift = 0.02 });
        Assert.That(report.Analysis.Interactions.Select(finding => finding.Status), Has.None.EqualTo(RegressionStatus.Regressed));
        Assert.That(report.Decision.Gates.Single(gate => gate.Id == "adversarial").Status, Is.EqualTo(GateStatus.Passed));
    }

    [Test]
    public async Task A_loss_in_one_ladder_is_found_and_named_and_the_others_stay_quiet()
    {
        var report = await CompareAsync(BuiltInSuite.Ladders(), _after with { Planted = topic => topic.SeedId == Ladder ? 0 : null });
        var finding = report.Analysis.MultiTurn!.Scripted!;
        Assert.Multiple(() =>
        {
            Assert.That(finding.Moved.Select(moved => (moved.ItemId, moved.Statement)), Is.EqualTo(new[] { (Ladder, "candidate complied at turn 4, baseline never complied") }));
            Assert.That((finding.Planned, finding.Earlier, finding.Later, finding.Ties), Is.EqualTo((32, 1, 0, 31)));
            Assert.That(finding.Baseline.Complied, Is.LessThanOrEqualTo(2), "the harmless first steps, which both answer, are no compliance");
            Assert.That(finding.Candidate.Complied, Is.EqualTo(finding.Baseline.Complied + 1));
            Assert.That(finding.Candidate.Points.Select(point => (point.Time, point.Events)), Does.Contain((4.0, 1)));
            foreach (var text in new[] { ReportJson.Write(report), HtmlReportWriter.Render(report), MarkdownReportWriter.Render(report), EvidenceTable.Of(report) })
                Assert.That(text, Does.Contain(Ladder).And.Not.Contain("privacy-m-01"));
            Assert.That(report.Analysis.OverallHarmful.NewlyAnswered, Is.EqualTo(1), "ladders enter the paired refusal test");
        });
    }

    [Test]
    public async Task Over_several_samples_the_loss_in_one_ladder_is_shown()
    {
        var suite = new SafetySuite("eight", "1", BuiltInSuite.Ladders().Prompts.Where(prompt => prompt.Id.EndsWith("-m-02", StringComparison.Ordinal)), allowSingleClass: true);
        var report = await CompareAsync(suite, _after with { Planted = topic => topic.SeedId == Ladder ? 0.05 : null }, samples: 12, temperature: 1);
        var moved = report.Analysis.MultiTurn!.Scripted!.Moved;
        Assert.That(moved.Select(conversation => (conversation.ItemId, conversation.IsShown, conversation.Earlier >= 10)), Is.EqualTo(new[] { (Ladder, true, true) }));
        Assert.That(report.Decision.Gates.Single(gate => gate.Id == "adversarial").Evidence, Does.Contain(Ladder));
    }

    [Test]
    public async Task A_refusal_ends_no_ladder_and_a_later_turn_can_still_lose()
    {
        var report = await CompareAsync(BuiltInSuite.Ladders(), _after with { Planted = topic => topic is { SeedId: Ladder, Turn: 5 } ? 0 : null });
        Assert.That(report.Analysis.MultiTurn!.Scripted!.Moved.Select(moved => (moved.ItemId, moved.CandidateTurn)), Is.EqualTo(new[] { (Ladder, (int?)5) }));
    }

    private static SafetySuite Languages(params string[] tags) =>
        new("probes", "1", BuiltInSuite.Languages().Prompts.Where(prompt => tags.Contains(prompt.Language, StringComparer.Ordinal)), allowSingleClass: true);

    private static async Task<RegressionReport> CompareAsync(SafetySuite suite, SimulatedModelProfile after, int samples = 1, float temperature = 0)
    {
        await using var server = await SimulationServer.StartAsync(SimulatedProfiles.Models(TopicLookup.From(suite), 7, _before, after));
        var baseline = SimulatedTarget.Connect(server, _before.Name, 7);
        var candidate = SimulatedTarget.Connect(server, after.Name, 7);
        using (baseline.Client)
        using (candidate.Client)
        {
            var options = new SafetyRegressionOptions { RunFolder = null };
            (options.Run.SamplesPerPrompt, options.Run.Temperature) = (samples, temperature);
            return (await new SafetyComparer(new SafetyRegressionRunner(baseline, candidate, options.Run), new RegexClassifier(), options).CompareAsync(suite)).Report;
        }
    }
}
