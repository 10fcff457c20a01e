using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Tests.Analysis;

public sealed class NoiseFloorTests
{
    private static readonly SafetySuite _suite = Runs.Suite(Enumerable.Range(0, 400).Select(i => Runs.Prompt($"h{i}", i % 2 == 0 ? "privacy" : "deception"))
        .Concat(Enumerable.Range(0, 100).Select(i => Runs.Prompt($"b{i}", "privacy", ExpectedBehavior.Comply))));

    [Test]
    public void The_flip_rate_is_the_share_of_pairs_of_answers_that_differ()
    {
        // One prompt in four is refused in 1 of 4 samples: 3 of its 6 pairs flip.
        var floor = NoiseFloor.Measure(_suite, [Model((prompt, sample) => Index(prompt) % 4 != 0 || sample == 0)]);

        Assert.Multiple(() =>
        {
            Assert.That(floor.Runs, Is.EqualTo(4));
            Assert.That(floor.Harmful.FlipRate, Is.EqualTo(0.125).Within(1e-12));
            Assert.That(floor.Harmful.FlipInterval.Contains(0.125) && floor.Harmful.FlipInterval.Width < 0.1);
            Assert.That(floor.Harmful.RatesByRun, Is.EqualTo(new[] { 1, 0.75, 0.75, 0.75 }).Within(1e-12));
            Assert.That(floor.Categories.Single(group => group.Id == "deception").FlipRate, Is.Zero);
            Assert.That(floor.Warnings, Does.Contain(NoiseFloorWarning.FewRuns).And.Contain(NoiseFloorWarning.RunsDifferMoreThanChance));
        });
    }

    [Test]
    public void What_nobody_could_judge_is_no_floor_of_zero()
    {
        SuiteRun All(Outcome outcome) => Runs.Run(_suite, Arm.Baseline, (_, _) => outcome, samples: 4);
        var counted = NoiseFloor.Measure(_suite, [All(Outcome.ContentFiltered)], SafetyPolicy.Standard with { CountFilteredAsRefused = true });

        Assert.That(() => NoiseFloor.Measure(_suite, [All(Outcome.Undetermined)]), Throws.InstanceOf<RunsNotComparableException>().With.Message.Contains("nothing was measured"));
        Assert.That(() => NoiseFloor.Measure(_suite, [All(Outcome.ContentFiltered)]), Throws.InstanceOf<RunsNotComparableException>());
        Assert.That((counted.Harmful.Prompts, counted.Warnings), Is.EqualTo((400, counted.Warnings.Remove(NoiseFloorWarning.Unscored))), "what counts as refused is not missing");
        Assert.That(NoiseFloorJson.Read(NoiseFloorJson.Write(counted)).CountFilteredAsRefused);
    }

    [Test]
    public void Cochran_of_two_columns_is_McNemar_and_known_tables_come_out()
    {
        bool[][] rows = [.. Enumerable.Repeat(new[] { true, false }, 15), .. Enumerable.Repeat(new[] { false, true }, 5), .. Enumerable.Repeat(new[] { true, true }, 80)];
        Assert.That(CochranQ.Test(rows, 2).Statistic, Is.EqualTo(5).Within(1e-12), "(15 − 5)²/20");

        // Columns 6, 2, 2 of 6 rows: Q = 2·3·... by hand: k(k−1)Σ(T−T̄)²/(kΣL−ΣL²) with T = 6, 2, 2 and rows of 1, 1, 2, 2, 2, 2.
        bool[][] three = [[true, false, false], [true, false, false], [true, true, false], [true, true, false], [true, false, true], [true, false, true]];
        Assert.That(CochranQ.Test(three, 3).Statistic, Is.EqualTo(64.0 / 12).Within(1e-12));
        Assert.That(CochranQ.Test([[true, true], [false, false]], 2).PValue, Is.EqualTo(1));
        Assert.That(() => CochranQ.Test([[true]], 2), Throws.ArgumentException);
    }

    [Test]
    public void Below_the_floor_an_unchanged_model_is_cleared_less_than_half_the_time_and_above_it_more()
    {
        // The floor is a normal approximation: with fewer than ten flips expected it is too low, never too high.
        const int Enough = 10;
        Prop.ForAll(Gen.Choose(5, 40).Select(x => x / 100.0).ToArbitrary(), Gen.Choose(100, 1500).ToArbitrary(), (flips, pairs) =>
        {
            var group = new NoiseFloorGroup { Id = "harmful", Expected = ExpectedBehavior.Refuse, Prompts = pairs, SeedPrompts = pairs, FlipRate = flips, FlipInterval = default, RatesByRun = [0.9, 0.9], Q = 0, QPValue = 1 };
            var limit = group.Independent(pairs, 0.01, 1);
            double At(double tolerance) => PairedPower.NonInferiorityPower(pairs, Math.Min(0.99, tolerance), flips / 2, flips / 2, 0.01);
            return At(0.93 * limit) < 0.5 && (flips * pairs < Enough || At(1.25 * limit) > 0.5);
        }).QuickCheckThrowOnFailure();
    }

    [Test]
    public void A_tolerance_below_the_floor_is_refused_with_the_reason()
    {
        var floor = NoiseFloor.Measure(_suite, [Model((prompt, sample) => Hash(prompt, sample) >= 0.3, samples: 6)], seeds: SeedDesign.PerPrompt);
        var e = Assert.Throws<ToleranceBelowNoiseFloorException>(() => floor.Require(_suite, SafetyPolicy.Standard))!;

        Assert.Multiple(() =>
        {
            Assert.That(floor.RunsDiffer, Is.False);
            Assert.That(e.Tolerances.Select(problem => problem.Field), Does.Contain("overallTolerance"));
            Assert.That(e.Message, Does.Contain("3 pp").And.Contain("400 pairs").And.Contain("would be needed"));
            Assert.That(() => floor.Require(_suite, SafetyPolicy.Standard with { CategoryTolerance = 0.2, OverallTolerance = 0.2, OverRefusalTolerance = 0.2 }), Throws.Nothing);
            Assert.That(floor.FloorOf(floor.Harmful, 400, 0.01, 4), Is.EqualTo(floor.FloorOf(floor.Harmful, 400, 0.01) / 2).Within(1e-12), "four samples halve the noise");
            var supported = floor.SupportedTolerance(floor.Harmful, 400, 0.01);
            Assert.That(floor.PairsNeeded(floor.Harmful, supported, 0.01), Is.EqualTo(400).Within(12), "what 400 pairs support needs 400 pairs");
        });
    }

    [Test]
    public void Prompts_with_seeds_of_their_own_raise_no_alarm_and_a_shared_seed_does()
    {
        var own = NoiseFloor.Measure(_suite, [Model((prompt, sample) => Hash(prompt, sample) >= 0.1, samples: 5)], seeds: SeedDesign.PerPrompt);
        // The same draw decides all prompts of a sample: they are refused or answered together.
        var shared = NoiseFloor.Measure(_suite, [Model((prompt, sample) => 0.02 + (0.04 * sample) < 0.2 * Hash(prompt, 99) + 0.05, samples: 5)]);

        Assert.Multiple(() =>
        {
            Assert.That(own.RunsDiffer, Is.False);
            Assert.That(own.Warnings, Is.Empty);
            Assert.That(shared.RunsDiffer, Is.True);
            Assert.That(shared.FloorOf(shared.Harmful, 1_000_000, 0.01), Is.GreaterThan(0.1), "more prompts do not help");
            Assert.That(shared.PairsNeeded(shared.Harmful, 0.03, 0.01), Is.Null);
            Assert.That(shared.Below(_suite, SafetyPolicy.Standard).First().ToString(), Does.Contain("give every prompt its own seed"));
        });
    }

    [Test]
    public void Where_runs_differ_findings_are_widened_and_nothing_else_changes()
    {
        var floor = NoiseFloor.Measure(_suite, [Model((prompt, sample) => 0.02 + (0.01 * sample) < 0.2 * Hash(prompt, 99) + 0.05, samples: 5)], seeds: SeedDesign.Shared);
        var baseline = Model((prompt, _) => Hash(prompt, 7) < 0.95, samples: 1);
        var candidate = Model((prompt, _) => Hash(prompt, 7) < 0.95 && Index(prompt) % 12 != 0, samples: 1) with { Arm = Arm.Candidate };
        var policy = SafetyPolicy.Standard;
        var without = RegressionReport.Create(_suite, baseline, candidate, policy, new ReportOptions { AllowSameTarget = true });
        var with = RegressionReport.Create(_suite, baseline, candidate, policy, new ReportOptions { AllowSameTarget = true, NoiseFloor = floor });
        Finding before = without.Analysis.OverallHarmful, after = with.Analysis.OverallHarmful;

        Assert.Multiple(() =>
        {
            Assert.That(before.Status, Is.EqualTo(RegressionStatus.Regressed));
            Assert.That(after.Status, Is.EqualTo(RegressionStatus.Inconclusive));
            Assert.That((after.Delta, after.NewlyAnswered), Is.EqualTo((before.Delta, before.NewlyAnswered)));
            Assert.That(after.Interval.Lower, Is.EqualTo(after.Delta - after.NoiseFloor!.Value).Within(1e-12));
            Assert.That(after.NoiseFloor, Is.EqualTo(floor.FloorOf(floor.Harmful, 400, 0.01)).Within(1e-12));
            Assert.That(after.P, Is.GreaterThan(before.P));
            Assert.That(after.Warnings, Does.Contain(StatisticalWarning.WidenedByNoiseFloor));
            Assert.That(with.Analysis.Composite.Status, Is.Not.EqualTo(RegressionStatus.Regressed));
            Assert.That(with.Analysis.Composite.Interval.Lower, Is.EqualTo(with.Analysis.Categories.Sum(f => f.Interval.Lower * policy.WeightFor(f.Category!.Value)) / with.Analysis.Categories.Sum(f => policy.WeightFor(f.Category!.Value))).Within(1e-9), "categories shift together");
            Assert.That(with.RunId, Is.Not.EqualTo(without.RunId));
            Assert.That(() => with.Analysis.Reassess(policy with { Alpha = 0.05 }, 0.01), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(SafetyRegression.Reporting.MarkdownReportWriter.Render(with), Does.Contain("Noise floor").And.Contain("below the floor"));
            Assert.That(SafetyRegression.Reporting.HtmlReportWriter.Render(with), Does.Contain("Baseline against itself"));
            Assert.That(ReportJson.Read(ReportJson.Write(with)).NoiseFloor!.Harmful.FlipRate, Is.EqualTo(floor.Harmful.FlipRate));
        });
    }

    [Test]
    public void A_floor_without_run_differences_changes_no_number()
    {
        var floor = NoiseFloor.Measure(_suite, [Model((prompt, sample) => Hash(prompt, sample) >= 0.1, samples: 5)], seeds: SeedDesign.PerPrompt);
        var baseline = Model((prompt, _) => Hash(prompt, 7) < 0.95, samples: 1);
        var candidate = Model((prompt, _) => Hash(prompt, 8) < 0.9, samples: 1) with { Arm = Arm.Candidate };
        RegressionReport Report(NoiseFloor? noise) => RegressionReport.Create(_suite, baseline, candidate, null, new ReportOptions { AllowSameTarget = true, NoiseFloor = noise });
        Assert.That(Report(floor).Analysis.OverallHarmful.ToString(), Is.EqualTo(Report(null).Analysis.OverallHarmful.ToString()));
        Assert.That(Report(floor).Decision.Gates.Select(gate => gate.Evidence), Is.EqualTo(Report(null).Decision.Gates.Select(gate => gate.Evidence)));
    }

    [Test]
    public void Identical_answers_are_warned_about()
    {
        SuiteRun Answers(Func<SafetyPrompt, int, string> hash) => Model((_, _) => false, samples: 5) is var run
            ? run with { Samples = [.. run.Samples.Select(sample => sample with { AnswerHash = hash(_suite.Find(sample.ItemId)!, sample.Sample) })] }
            : null!;
        var copies = NoiseFloor.Measure(_suite, [Answers((prompt, _) => prompt.Id)]);
        var cold = NoiseFloor.Measure(_suite, [Answers((prompt, _) => prompt.Id) with { Generation = ImmutableSortedDictionary<string, string>.Empty.Add("temperature", "0") }]);
        var canned = NoiseFloor.Measure(_suite, [Answers((prompt, sample) => $"{Index(prompt) % 50}/{sample}")]);
        var honest = NoiseFloor.Measure(_suite, [Answers((prompt, sample) => $"{prompt.Id}/{sample}")]);

        Assert.Multiple(() =>
        {
            Assert.That(copies.Warnings, Is.EqualTo(new[] { NoiseFloorWarning.SamplesAreCopies }));
            Assert.That(cold.Warnings, Is.Empty, "at temperature 0 copies are expected");
            Assert.That(canned.Warnings, Is.EqualTo(new[] { NoiseFloorWarning.SameAnswerToDifferentPrompts }));
            Assert.That(honest.Warnings, Is.Empty);
        });
    }

    [Test]
    public void A_floor_holds_only_for_what_it_was_measured_on()
    {
        var floor = NoiseFloor.Measure(_suite, [Model((_, _) => true, samples: 2)]);
        var baseline = Model((_, _) => true, samples: 1);
        void Compare(SuiteRun left, SafetyPolicy? policy = null) =>
            RegressionReport.Create(_suite, left, left with { Arm = Arm.Candidate }, policy, new ReportOptions { AllowSameTarget = true, NoiseFloor = floor });

        Assert.Multiple(() =>
        {
            Assert.That(() => Compare(baseline), Throws.Nothing);
            Assert.That(() => Compare(baseline with { Target = baseline.Target with { Revision = "other" } }), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => Compare(baseline with { Classifier = baseline.Classifier with { Fingerprint = "other" } }), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => Compare(baseline with { Generation = baseline.Generation.SetItem("temperature", "1") }), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => Compare(baseline with { Generation = baseline.Generation.SetItem("seed", "1") }), Throws.Nothing, "other seeds are the point");
            Assert.That(() => Compare(baseline, SafetyPolicy.Standard with { Outcomes = new OutcomeMapping { Partial = PartialRefusalRule.Refused } }), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => Compare(baseline, SafetyPolicy.Standard with { CountFilteredAsRefused = true }), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => floor.Require(Runs.Suite(Runs.Prompt("x")), SafetyPolicy.Standard), Throws.TypeOf<RunsNotComparableException>());
            Assert.That(() => NoiseFloor.Measure(_suite, [baseline]), Throws.TypeOf<RunsNotComparableException>(), "one answer per prompt says nothing");
            Assert.That(() => NoiseFloor.Measure(_suite, [baseline, baseline with { Target = baseline.Target with { Model = "other" } }]), Throws.TypeOf<RunsNotComparableException>());
        });
    }

    [Test]
    public void The_file_is_read_back_and_bad_files_are_refused()
    {
        var floor = NoiseFloor.Measure(_suite, [Model((prompt, sample) => Hash(prompt, sample) >= 0.1, samples: 3)], seeds: SeedDesign.PerPrompt);
        var json = NoiseFloorJson.Write(floor);
        var back = NoiseFloorJson.Read(json);

        Assert.Multiple(() =>
        {
            Assert.That(NoiseFloorJson.Write(back), Is.EqualTo(json));
            Assert.That((back.Seeds, back.Runs, back.RunsDiffer), Is.EqualTo((SeedDesign.PerPrompt, 3, floor.RunsDiffer)));
            foreach (var bad in new[] { "null", "{}", "[", json.Replace("\"1.0\"", "\"2.0\""), json.Replace("\"runs\": 3", "\"runs\": 1"), json.Replace("\"runs\": 3", "\"runs\": 4"), json.Replace("\"flipRate\": 0.", "\"flipRate\": 10.") })
                Assert.That(() => NoiseFloorJson.Read(bad), Throws.TypeOf<InvalidInputException>(), bad[..Math.Min(40, bad.Length)]);
        });
    }

    private static SuiteRun Model(Func<SafetyPrompt, int, bool> refused, int samples = 4) =>
        Runs.Run(_suite, Arm.Baseline, (prompt, sample) => refused(prompt, sample) == (prompt.Expected == ExpectedBehavior.Refuse) ? Outcome.Refusal : Outcome.Compliance, samples) with
        {
            Target = new TargetIdentity { Provider = "test", Model = "baseline" },
        };

    private static int Index(SafetyPrompt prompt) => int.Parse(prompt.Id.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);

    private static double Hash(SafetyPrompt prompt, int sample) => new RandomStream((Index(prompt) * 1000) + sample + (prompt.Expected == ExpectedBehavior.Comply ? 500_000 : 0)).NextDouble();
}
