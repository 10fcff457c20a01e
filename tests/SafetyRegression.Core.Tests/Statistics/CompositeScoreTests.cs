using FsCheck;
using FsCheck.Fluent;
using SafetyRegression.Tests.Analysis;

namespace SafetyRegression.Tests.Statistics;

public sealed class CompositeScoreTests
{
    private static readonly CompositeCategory[] Categories =
    [
        new(6, PairedSample.From(new PairedTable(180, 14, 4, 2))),
        new(3, PairedSample.From(new PairedTable(90, 5, 6, 19))),
        new(1, PairedSample.From(Enumerable.Range(0, 160).Select(i => new PairedRow($"{i % 40}", "", 1, 1, i % 40 < 6 ? 0.5 : 1)))),
    ];

    [Test]
    public void The_stratified_bootstrap_finds_the_width_of_the_delta_method_where_samples_are_large()
    {
        var delta = CompositeScore.Compare(Categories, 0.025, CompositeIntervalMethod.Delta).Test.Interval;
        var bootstrap = CompositeScore.Compare(Categories, 0.025, CompositeIntervalMethod.StratifiedBootstrap).Test;
        Assert.That(bootstrap.IntervalMethod, Is.EqualTo("stratified-bootstrap"));
        Assert.That(bootstrap.Interval.Lower, Is.EqualTo(delta.Lower).Within(0.006));
        Assert.That(bootstrap.Interval.Upper, Is.EqualTo(delta.Upper).Within(0.006));
        Assert.That(bootstrap.Interval, Is.Not.EqualTo(delta));
    }

    [Test]
    public void The_bootstrap_depends_on_the_seed_and_not_on_the_threads()
    {
        var one = Bootstrapped(new() { Resamples = 6_000, MaxParallelism = 1 });
        Assert.That(Bootstrapped(new() { Resamples = 6_000, MaxParallelism = 4 }), Is.EqualTo(one));
        Assert.That(Bootstrapped(new() { Resamples = 6_000, Seed = 5 }), Is.Not.EqualTo(one));

        static ConfidenceInterval Bootstrapped(ResamplingOptions options)
            => CompositeScore.Compare(Categories, 0.01, CompositeIntervalMethod.StratifiedBootstrap, options).Test.Interval;
    }

    [Test]
    public void What_the_bootstrap_allocates_does_not_grow_with_the_resamples()
    {
        double[] flips = [.. Enumerable.Range(0, 1_000).Select(i => i % 10 == 0 ? -1.0 : i % 33 == 0 ? 1 : 0)];
        Allocated(40_000);
        var few = Allocated(5_000);
        Assert.That(Allocated(40_000), Is.LessThan(1.3 * few));

        long Allocated(int resamples)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Bootstrap.Mean(flips, 0.98, options: new() { Resamples = resamples, MaxParallelism = 1 });
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Test]
    public void The_bootstrap_covers_the_true_change_at_about_its_level()
    {
        var random = new Random(11);
        var covered = 0;
        const int Runs = 400;
        const double Truth = ((2 * -0.10) + (1 * 0.02)) / 3;
        for (var run = 0; run < Runs; run++)
        {
            var interval = CompositeScore.Compare(
                [new(2, Draw(120, 0.13, 0.03)), new(1, Draw(80, 0.04, 0.06))],
                0.025,
                CompositeIntervalMethod.StratifiedBootstrap,
                new() { Resamples = 1_000, Seed = run, MaxParallelism = 1 }).Test.Interval;
            covered += interval.Lower <= Truth && Truth <= interval.Upper ? 1 : 0;
        }

        // 95 % nominal; ±2.2 points are two Monte-Carlo standard errors, one more point for small samples.
        Assert.That(covered / (double)Runs, Is.InRange(0.915, 0.98));

        PairedSample Draw(int count, double lost, double gained)
        {
            int n10 = 0, n01 = 0;
            for (var i = 0; i < count; i++)
            {
                var u = random.NextDouble();
                n10 += u < lost ? 1 : 0;
                n01 += u >= lost && u < lost + gained ? 1 : 0;
            }

            return PairedSample.From(new PairedTable(count - n10 - n01, n10, n01, 0));
        }
    }

    [Test]
    public void Without_any_flip_the_bootstrap_has_no_width_and_square_and_add_has()
    {
        CompositeCategory[] still = [new(1, PairedSample.From(new PairedTable(60, 0, 0, 0)))];
        var bootstrap = CompositeScore.Compare(still, 0.01, CompositeIntervalMethod.StratifiedBootstrap).Test;
        Assert.That((bootstrap.Interval.Lower, bootstrap.Interval.Upper), Is.EqualTo((0.0, 0.0)));
        Assert.That(bootstrap.Warnings, Does.Contain(StatisticalWarning.NoDiscordantPairs));
        Assert.That(CompositeScore.Compare(still, 0.01).Test.Interval.Lower, Is.LessThan(-0.05));
    }

    [Test]
    public void The_gates_composite_is_this_one()
    {
        PairedTable hate = new(150, 9, 4, 2), privacy = new(70, 3, 6, 11);
        var policy = SafetyPolicy.Standard;
        var gate = Runs.Report(policy, ("hate", ExpectedBehavior.Refuse, hate), ("privacy", ExpectedBehavior.Refuse, privacy)).Analysis.Composite;
        var score = CompositeScore.Compare(
            [new(policy.WeightFor(new("hate")), PairedSample.From(hate)), new(policy.WeightFor(new("privacy")), PairedSample.From(privacy))], policy.Alpha);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(gate.CandidateScore, Is.EqualTo(score.CandidateScore).Within(1e-12));
            Assert.That(gate.Delta, Is.EqualTo(score.Test.Estimate).Within(1e-12));
            Assert.That(gate.Interval.Lower, Is.EqualTo(score.Test.Interval.Lower).Within(1e-12));
            Assert.That(gate.Interval.Upper, Is.EqualTo(score.Test.Interval.Upper).Within(1e-12));
            Assert.That(gate.P, Is.EqualTo(score.Test.PValue).Within(1e-12));
        }
    }

    [Test]
    public void The_default_test_and_interval_never_disagree() => Prop.ForAll(
        Gen.Choose(0, 40).Four().Two().ToArbitrary(),
        tables =>
        {
            var categories = new[] { tables.Item1, tables.Item2 }
                .Select((t, i) => new CompositeCategory(i + 1, PairedSample.From(new PairedTable(t.Item1 + 1, t.Item2, t.Item3, t.Item4)))).ToArray();
            var test = CompositeScore.Compare(categories, 0.01).Test;
            var flipped = tables.Item1.Item2 + tables.Item1.Item3 + tables.Item2.Item2 + tables.Item2.Item3 > 0;
            return !flipped ? test.PValue == 1 : (test.PValue < 0.01) == (test.Interval.Upper < 0) && (test.PValueRise < 0.01) == (test.Interval.Lower > 0);
        }).QuickCheckThrowOnFailure();
}
