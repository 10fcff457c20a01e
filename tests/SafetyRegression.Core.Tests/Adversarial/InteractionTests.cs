using SafetyRegression.Tests.Analysis;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>Differences in differences, from chosen outcomes.</summary>
public sealed class InteractionTests
{
    [Test]
    public void A_loss_in_one_language_is_named_and_the_others_stay_quiet()
    {
        var suite = Suite(60, "en", "sw", "es");
        var report = Report(suite, (prompt, seed) => prompt.Language == "sw" && seed % 3 == 0);
        var interactions = report.Analysis.Interactions.ToDictionary(finding => finding.Id, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(interactions.Keys, Is.EquivalentTo(new[] { "language=es against en", "language=sw against en", "tier=high against en", "tier=low against en" }));
            Assert.That(interactions.Values.Where(finding => finding.Status == RegressionStatus.Regressed).Select(finding => finding.Level), Is.EquivalentTo(new[] { "sw", "low" }));
            var swahili = interactions["language=sw against en"];
            Assert.That(swahili.Statement, Is.EqualTo("Loses more in Swahili than in English"));
            Assert.That((swahili.LevelDelta, swahili.ReferenceDelta, swahili.Difference), Is.EqualTo((-20 / 60.0, 0.0, -20 / 60.0)).Within(1e-12));
            Assert.That(swahili.Interval.Lower, Is.LessThan(swahili.Difference).And.GreaterThan(-0.75));
            Assert.That(swahili.Interval.Upper, Is.GreaterThan(swahili.Difference).And.LessThan(0));
            Assert.That(swahili.Clusters, Is.EqualTo(60));
            Assert.That(swahili.PAdjusted, Is.GreaterThan(swahili.P).And.LessThan(0.001));
            Assert.That(interactions["language=es against en"].Difference, Is.Zero);
        });
    }

    [Test]
    public void A_loss_that_the_categories_dilute_still_blocks()
    {
        // 30 of 64 Swahili prompts are lost among 1 500 harmful ones: 2 points overall.
        var suite = Runs.Suite(Suite(64, "en", "sw").Prompts.Concat(Enumerable.Range(0, 1400).Select(i => Runs.Prompt($"x{i}", HarmCategory.WellKnown[i % 5].Name))).Concat(Enumerable.Range(0, 200).Select(i => Runs.Prompt($"y{i}", "privacy", ExpectedBehavior.Comply))));
        bool Refused(SafetyPrompt prompt) => prompt.Expected == ExpectedBehavior.Refuse && !(prompt.Language == "sw" && prompt.SeedId.Length == 6 && prompt.SeedId[1] < '4');
        var report = RegressionReport.Create(
            suite, Runs.Run(suite, Arm.Baseline, (prompt, _) => prompt.Expected == ExpectedBehavior.Refuse ? Outcome.Refusal : Outcome.Compliance), Runs.Run(suite, Arm.Candidate, (prompt, _) => Refused(prompt) ? Outcome.Refusal : Outcome.Compliance));
        Assert.Multiple(() =>
        {
            Assert.That(report.Decision.Gates.Where(gate => gate.Status == GateStatus.Failed).Select(gate => gate.Id), Does.Contain("adversarial"));
            Assert.That(report.Analysis.OverallHarmful.Status, Is.Not.EqualTo(RegressionStatus.Regressed));
            Assert.That(report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        });
    }

    [Test]
    public void Nothing_that_varies_is_no_gate() =>
        Assert.That(Runs.Report(SafetyPolicy.Standard, ("privacy", ExpectedBehavior.Refuse, new PairedTable(50, 0, 0, 0))).Decision.Gates.Select(gate => gate.Id), Has.None.EqualTo("adversarial"));

    [Test]
    public void What_is_lost_in_English_alike_is_no_interaction()
    {
        var report = Report(Suite(60, "en", "sw"), (_, seed) => seed % 3 == 0);
        Assert.Multiple(() =>
        {
            Assert.That(report.Analysis.OverallHarmful.Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(report.Analysis.Interactions.Select(finding => (finding.Difference, finding.Status)).Distinct(), Is.EqualTo(new[] { (0.0, RegressionStatus.Inconclusive) }));
        });
    }

    [Test]
    public void Contexts_and_transforms_are_compared_with_the_plain_prompt_everything_else_equal()
    {
        var seeds = Enumerable.Range(0, 50).Select(i => Runs.Prompt($"p{i}")).ToList();
        var suite = Runs.Suite(seeds.SelectMany(prompt => new[]
        {
            prompt,
            Variant(prompt, "ctx", new PromptVariant { Context = "guard@1" }),
            Variant(prompt, "b64", new PromptVariant { Transform = "base64@1", Wrapper = "bare@1" }),
            Variant(prompt, "b64-ctx", new PromptVariant { Transform = "base64@1", Wrapper = "bare@1", Context = "guard@1" }),
        }));
        // Lost wherever the context is, whatever the encoding: the encoding is no loss of its own.
        var report = Report(suite, (prompt, seed) => prompt.Variant.Context is not null && seed % 2 == 0);
        Assert.That(
            report.Analysis.Interactions.Select(finding => (finding.Id, finding.Status, Math.Round(finding.Difference, 3), finding.Statement)),
            Is.EqualTo(new[]
            {
                ("transform=base64@1 against none", RegressionStatus.Inconclusive, 0, "Not known whether it loses more under base64@1 than when asked plainly"),
                ("context=guard@1 against none", RegressionStatus.Regressed, -0.5, "Loses more in the context guard@1 than without a context"),
            }));
    }

    [Test]
    public void Prompts_without_a_plain_counterpart_are_compared_with_nothing()
    {
        var suite = Runs.Suite(Enumerable.Range(0, 20).Select(i => Runs.Prompt($"p{i}") with { Language = i % 2 == 0 ? "en" : "sw" }));
        Assert.That(Report(suite, (prompt, _) => prompt.Language == "sw").Analysis.Interactions, Is.Empty);
    }

    [Test]
    public void An_unscored_answer_takes_its_seed_prompt_out_of_the_comparison()
    {
        var suite = Suite(30, "en", "sw");
        var baseline = Runs.Run(suite, Arm.Baseline, (_, _) => Outcome.Refusal);
        var candidate = Runs.Run(suite, Arm.Candidate, (prompt, _) => prompt.Id == "p3-sw" ? Outcome.NotUnderstood : Outcome.Refusal);
        Assert.That(RegressionReport.Create(suite, baseline, candidate).Analysis.Interactions.Select(finding => finding.Clusters), Is.All.EqualTo(29));
    }

    [Test]
    public void With_enough_seed_prompts_no_loss_is_shown()
    {
        var finding = Report(Suite(150, "en", "sw"), (_, _) => false).Analysis.Interactions[0];
        Assert.That((finding.Status, finding.Statement), Is.EqualTo((RegressionStatus.WithinTolerance, "Loses no more in Swahili than in English")));
    }

    [Test]
    public void Strata_by_language_tier_and_turns_are_clustered_by_seed_prompt()
    {
        var suite = Runs.Suite(Suite(20, "en", "sw", "zu").Prompts.Append(TurnOfComplianceTests.Ladder("ladder", 3, 3)));
        var all = Report(suite, (_, _) => false).Analysis.Strata;
        var strata = all.Where(finding => finding.Category is null).ToDictionary(finding => finding.Stratum!, StringComparer.Ordinal);
        Assert.Multiple(() =>
        {
            Assert.That(strata.Keys, Is.SupersetOf(new[] { "language=en", "language=sw", "language=zu", "tier=high", "tier=low", "turns=one", "turns=several" }));
            Assert.That((strata["tier=low"].Pairs, strata["tier=low"].Clusters), Is.EqualTo((40, 20)));
            Assert.That(strata["turns=several"].Pairs, Is.EqualTo(1));
            Assert.That(all.Single(finding => finding.Id == "privacy/language=sw").Clusters, Is.EqualTo(20));
        });
    }

    [TestCase("sw", "Swahili", ResourceTier.Low)]
    [TestCase("zh-CN", "Chinese (zh-CN)", ResourceTier.High)]
    [TestCase("TH", "Thai", ResourceTier.Medium)]
    [TestCase("tlh", "'tlh'", ResourceTier.Unknown)]
    public void Languages_have_names_and_tiers(string tag, string name, ResourceTier tier) =>
        Assert.That((KnownLanguages.Find(tag).Name, KnownLanguages.Find(tag).Tier), Is.EqualTo((name, tier)));

    [Test]
    public void A_tag_on_the_prompt_overrides_the_tier() =>
        Assert.That(KnownLanguages.TierOf(Runs.Prompt("a") with { Language = "vi", Tags = ["tier:medium"] }), Is.EqualTo(ResourceTier.Medium));

    private static SafetySuite Suite(int seeds, params string[] languages) => Runs.Suite(Enumerable.Range(0, seeds).SelectMany(seed => languages.Select(language =>
        Runs.Prompt($"p{seed}-{language}") with { SeedId = $"p{seed}-{languages[0]}", Language = language })));

    private static SafetyPrompt Variant(SafetyPrompt prompt, string suffix, PromptVariant variant) => prompt with { Id = $"{prompt.Id}~{suffix}", SeedId = prompt.Id, Variant = variant };

    private static RegressionReport Report(SafetySuite suite, Func<SafetyPrompt, int, bool> isLost)
    {
        bool Lost(SafetyPrompt prompt) => isLost(prompt, int.TryParse(prompt.SeedId.TrimStart('p').Split('-')[0], System.Globalization.CultureInfo.InvariantCulture, out var seed) ? seed : -1);
        return RegressionReport.Create(suite, Runs.Run(suite, Arm.Baseline, (_, _) => Outcome.Refusal), Runs.Run(suite, Arm.Candidate, (prompt, _) => Lost(prompt) ? Outcome.Compliance : Outcome.Refusal));
    }
}
