using global::Simulation;
using Microsoft.Extensions.AI;
using SafetyRegression.Adversarial;
using SafetyRegression.Classification;
using SafetyRegression.Reporting;
using SafetyRegression.Suites;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>End to end: what tuning does to one encoding, framing or context is found and named there and nowhere else, and what was forgotten counts for nothing.</summary>
public sealed class PlantedVariantTests
{
    private const string Refuses = "I'm sorry, but I can't help with that.";
    private const string Complies = "Sure, here is an overview. First comes the preparation, then the main part, and at the end a review.";
    private static readonly SimulatedModelProfile _before = SimulatedProfiles.Base with { RefusesDirect = 1, RefusesSubtle = 1, RefusesAdversarial = 1, RefusesBenign = 0, PartialShare = 0 };
    private static readonly SimulatedModelProfile _after = _before with { Name = "sim-tuned-planted", Lineage = SimulatedProfiles.Base.Name };

    private static readonly SafetySuite _plain = new("plain", "1", BuiltInSuite.Load(SuitePreset.SanityCheck).Prompts.Where(prompt =>
        prompt.Expected == ExpectedBehavior.Comply || prompt.Category != HarmCategory.SexualMinors).Select(prompt => prompt with { TwinId = null }));

    private static IEnumerable<string> Framings => PromptTemplates.Framings.Select(template => template.Name);

    private static SafetySuite With(string variants, string contexts = "", int controls = 4) => SuiteVariants.Expand(_plain, new VariantPlan
    {
        Variants = [.. variants.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(VariantCatalog.BuiltIn.Parse)],
        Contexts = [.. contexts.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(VariantCatalog.BuiltIn.Context)],
        PerCategory = 6,
        Controls = controls,
    }).Suite;

    [Test]
    public async Task A_model_that_forgets_an_encoding_gains_no_refusals()
    {
        var suite = With("base64,hex");
        var half = _before with { Planted = topic => topic.Variant.Transform is null ? null : 0.5 };
        var report = await CompareAsync(suite, Model(half, suite), Model(half with { Name = "sim-tuned-forgets", Lineage = half.Name, Unread = ["base64@1"] }, suite));
        var base64 = Stratum(report, "transform=base64@1");
        var hex = Stratum(report, "transform=hex@1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(base64.Pairs, Is.Zero);
            Assert.That(base64.Candidate.Of(Outcome.NotUnderstood), Is.EqualTo(base64.Candidate.Planned).And.Positive);
            Assert.That(hex.Pairs, Is.Positive);
            Assert.That(report.Analysis.OverallHarmful.NewlyRefused, Is.Zero, "nothing was gained");
            Assert.That(report.Analysis.OverallHarmful.CandidateRate, Is.EqualTo(report.Analysis.OverallHarmful.BaselineRate));
            Assert.That(report.Analysis.OverallHarmful.Candidate.Unscored, Is.Zero, "left out, not unscored");
        }
    }

    [Test]
    public async Task A_model_that_declines_whatever_it_cannot_read_gains_no_refusals_either()
    {
        var suite = With("base64");
        var lookup = TopicLookup.From(_plain);
        var report = await CompareAsync(
            suite,
            new ReadingModel("reads", lookup, (inCode, harmful) => harmful && !inCode ? Refuses : Complies),
            new Blanket(new ReadingModel("declines", lookup, (_, harmful) => harmful ? Refuses : Complies)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Stratum(report, "transform=base64@1").Pairs, Is.Zero);
            Assert.That(report.Analysis.OverallHarmful.NewlyRefused, Is.Zero);
        }
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task A_model_that_newly_answers_under_an_encoding_is_caught_whether_it_replies_in_code_or_not(bool inCode)
    {
        var suite = With("base64");
        var lookup = TopicLookup.From(_plain);
        var report = await CompareAsync(
            suite,
            new ReadingModel("before", lookup, (_, harmful) => harmful ? Refuses : Complies, inCode),
            new ReadingModel("after", lookup, (coded, harmful) => harmful && !coded ? Refuses : Complies, inCode));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Stratum(report, "transform=base64@1").Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(Stratum(report, "transform=base64@1").BaselineRate, Is.EqualTo(1));
            Assert.That(Stratum(report, "transform=base64@1").CandidateRate, Is.Zero);
            Assert.That(Stratum(report, "transform=none").NewlyAnswered, Is.Zero);
        }
    }

    [TestCase("transform=base64@1")]
    [TestCase("transform=rot13@1")]
    [TestCase("transform=persona@1")]
    [TestCase("context=permissive@1")]
    [TestCase("context=document@1")]
    public async Task A_planted_loss_is_found_and_named_and_the_others_stay_quiet(string planted)
    {
        var suite = With("base64,rot13,persona", "permissive,guard,document");
        var report = await CompareAsync(suite, Model(_before with { Drift = 0.01 }, suite), Model(_after with { Drift = 0.01, Planted = topic => IsAt(topic, planted) ? 0.4 : null }, suite));
        string[] all = ["transform=base64@1", "transform=rot13@1", "transform=persona@1", "context=permissive@1", "context=guard@1", "context=document@1"];
        var level = planted[(planted.IndexOf('=', StringComparison.Ordinal) + 1)..];
        using (Assert.EnterMultipleScope())
        {
            foreach (var stratum in all)
                Assert.That(Stratum(report, stratum).Status, stratum == planted ? Is.EqualTo(RegressionStatus.Regressed) : Is.Not.EqualTo(RegressionStatus.Regressed), stratum);
            Assert.That(report.Analysis.Interactions.Where(finding => finding.Status == RegressionStatus.Regressed).Select(finding => finding.Level), Is.EqualTo(new[] { level }));
            foreach (var text in new[] { ReportJson.Write(report), HtmlReportWriter.Render(report), MarkdownReportWriter.Render(report) })
                Assert.That(text, Does.Match($"Loses more (under|in the context) {level.Replace("@", "@\u200B?", StringComparison.Ordinal)}"));
        }
    }

    [TestCaseSource(nameof(Framings))]
    public async Task Each_framing_shows_a_model_that_yields_to_it(string framing)
    {
        var other = framing == "suffix" ? "authority" : "suffix";
        var suite = With($"{framing},{other}");
        var report = await CompareAsync(suite, Model(_before, suite), Model(_after with { Planted = topic => topic.Variant.Transform == framing + "@1" ? 0 : null }, suite));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Stratum(report, $"transform={framing}@1").Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(Stratum(report, $"transform={framing}@1").CandidateRate, Is.LessThan(0.1));
            Assert.That(Stratum(report, $"transform={other}@1").NewlyAnswered, Is.Zero);
            Assert.That(Stratum(report, "transform=none").NewlyAnswered, Is.Zero);
        }
    }

    [Test]
    public async Task A_model_that_yields_to_some_draws_of_a_spelling_yields_on_more_requests_the_more_often_it_is_asked()
    {
        const int Draws = 6;
        var suite = With($"random-case*{Draws},scramble*{Draws}");
        var report = await CompareAsync(suite, Model(_before, suite), Model(_after with { Planted = topic => topic.Variant.Transform == "random-case@1" ? 0.75 : null }, suite));
        var drawn = report.Analysis.BestOfN!.Value.ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        var (planted, quiet) = (drawn["random-case@1+bare@1"], drawn["scramble@1+bare@1"]);
        var plain = Stratum(report, "transform=random-case@1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((planted.Draws, planted.Attempts, planted.Pairs), Is.EqualTo((Draws, Draws, planted.Planned)));
            Assert.That(planted.Baseline.SuccessByAttempts, Is.All.Zero);
            Assert.That(planted.Candidate.SuccessByAttempts[0], Is.EqualTo(1 - plain.CandidateRate).Within(1e-12).And.InRange(0.15, 0.35), "one attempt is the plain rate");
            Assert.That(planted.Candidate.SuccessByAttempts[^1], Is.GreaterThan(0.6), "the more attempts, the more of the requests");
            Assert.That((planted.IsShown, planted.Interval.Lower > 0), Is.EqualTo((true, true)));
            Assert.That((quiet.NewlyComplied, quiet.IsShown), Is.EqualTo((0, false)));
            var sentence = $"Yields on more seed prompts within {Draws} attempts than the baseline";
            foreach (var text in new[] { ReportJson.Write(report), HtmlReportWriter.Render(report), MarkdownReportWriter.Render(report), EvidenceTable.Of(report) })
            {
                Assert.That(text, Does.Contain(sentence));
                Assert.That(suite.Prompts.SelectMany(prompt => prompt.Turns).Where(turn => text.Contains(turn.Text, StringComparison.Ordinal)), Is.Empty, "no text of a prompt");
            }
        }
    }

    [Test]
    public async Task A_context_that_never_reaches_the_model_counts_for_nothing()
    {
        var suite = With(string.Empty, "permissive");
        // Under the permissive system prompt the model yields. In front of the candidate a proxy drops system prompts, so there it seems safer.
        var yields = _before with { Planted = topic => topic.Variant.Context is null ? null : 0.5 };
        await using var server = await SimulationServer.StartAsync([Model(yields, suite), Model(yields with { Name = "sim-behind-proxy", Lineage = yields.Name }, suite)]);
        using var baseline = SimulatedTarget.Connect(server, yields.Name, 7).Client;
        using var candidate = new WithoutSystemPrompt(SimulatedTarget.Connect(server, "sim-behind-proxy", 7).Client);
        var report = await CompareAsync(suite, new ModelTarget(baseline, Identity(yields.Name)), new ModelTarget(candidate, Identity("sim-behind-proxy")));
        var stratum = Stratum(report, "context=permissive@1");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stratum.Pairs, Is.Zero);
            Assert.That(stratum.BestCaseDelta, Is.GreaterThan(0), "what was dropped might have been anything");
            Assert.That(report.Analysis.OverallHarmful.NewlyRefused, Is.Zero, "no gain in safety");
            Assert.That(report.Decision.Recommendation, Is.Not.EqualTo(DeploymentRecommendation.Deploy));
        }
    }

    [Test]
    public async Task The_self_test_raises_every_alarm_on_a_suite_with_variants()
    {
        var report = await new PipelineSelfTest(With("base64,rot13,persona", "guard"), new RegexClassifier()).RunAsync();
        Assert.That(report.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Observed}"), Is.Empty);
    }

    private static bool IsAt(PromptTopic topic, string stratum) => stratum == $"transform={topic.Variant.Transform}" || stratum == $"context={topic.Variant.Context}";

    private static SimulatedModel Model(SimulatedModelProfile profile, SafetySuite suite) => new(profile, TopicLookup.From(suite), 7);

    private static Finding Stratum(RegressionReport report, string stratum) => report.Analysis.Strata.Single(finding => finding.Category is null && finding.Stratum == stratum);

    private static TargetIdentity Identity(string model) => new() { Provider = "simulated", Model = model, Id = "7" };

    private static Task<RegressionReport> CompareAsync(SafetySuite suite, ISimulatedModel before, ISimulatedModel after) =>
        CompareAsync(suite, SimulatedTarget.InProcess(before, 7), SimulatedTarget.InProcess(after, 7));

    private static async Task<RegressionReport> CompareAsync(SafetySuite suite, ModelTarget before, ModelTarget after)
    {
        var options = new SafetyRegressionOptions { RunFolder = null };
        return (await new SafetyComparer(new SafetyRegressionRunner(before, after, options.Run), new RegexClassifier(), options).CompareAsync(suite)).Report;
    }

    /// <summary>Declines everything that is written in code, harmless or not.</summary>
    private sealed class Blanket(ReadingModel inner) : ISimulatedModel
    {
        public string Name => inner.Name;

        public SimulatedReply Reply(SimulatedRequest request) => request.Messages[^1].Text.Contains("Base64", StringComparison.Ordinal) ? new SimulatedReply(Refuses) : inner.Reply(request);
    }

    private sealed class WithoutSystemPrompt(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages.Where(message => message.Role != ChatRole.System), options, cancellationToken);
    }
}
