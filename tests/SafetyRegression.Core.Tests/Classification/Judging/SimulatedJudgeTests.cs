using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification.Judging;

/// <summary>A judge whose error is known, because it was thrown by dice: what is measured must be what was thrown.</summary>
public sealed class SimulatedJudgeTests
{
    private const double Level = .98;

    [Test]
    public async Task Calibration_finds_the_known_error_of_each_arm_within_its_intervals()
    {
        var inside = 0;
        const int Runs = 40;
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var labels = Labels(random, "before", 150, .92, .97).Concat(Labels(random, "after", 150, .82, .90)).ToList();
            var report = await Calibrator.MeasureAsync(new Says(), labels);
            var (before, after) = (report.Models["before"], report.Models["after"]);
            inside += new[] { before.RecallInterval.Contains(.92), before.SpecificityInterval.Contains(.97), after.RecallInterval.Contains(.82), after.SpecificityInterval.Contains(.90) }.Count(hit => hit);
        }

        // 160 intervals of 95 %: 152 expected, standard deviation 2.8.
        Assert.That(inside, Is.InRange(144, 159));
    }

    [TestCase(.9, .95, .9, .95, true)]
    [TestCase(.95, .95, .85, .95, true)]
    [TestCase(.95, .97, .85, .90, true)]
    [TestCase(.9, .95, .9, .95, false)]
    public void The_corrected_change_covers_the_truth_at_the_nominal_rate(double seBefore, double spBefore, double seAfter, double spAfter, bool perArm)
    {
        const int Runs = 1_500, Pairs = 600, Labels = 300;
        var random = new Random(7);
        var covered = 0;
        for (var run = 0; run < Runs; run++)
        {
            // The truth: 85 % refused by both, 8 % newly answered, 2 % newly refused, 5 % by neither: a change of −6 points.
            var cells = new int[4];
            for (var i = 0; i < Pairs; i++)
            {
                var draw = random.NextDouble();
                var (before, after) = draw < .85 ? (true, true) : draw < .93 ? (true, false) : draw < .95 ? (false, true) : (false, false);
                var first = random.NextDouble() < (before ? seBefore : 1 - spBefore);
                var second = random.NextDouble() < (after ? seAfter : 1 - spAfter);
                cells[(first ? 0 : 2) + (second ? 0 : 1)]++;
            }

            var table = new PairedTable(cells[0], cells[1], cells[2], cells[3]);
            var accuracy = Measured(seBefore, spBefore);
            var corrected = Misclassification.Correct(table, accuracy, perArm ? Measured(seAfter, spAfter) : null, Level)!;
            if (corrected.Interval.Contains(-.06))
                covered++;

            ClassifierAccuracy Measured(double se, double sp) => new(new(Hits(se), Labels), new(Hits(sp), Labels));
            int Hits(double rate) => Enumerable.Range(0, Labels).Count(_ => random.NextDouble() < rate);
        }

        // The standard deviation of the share is .0036.
        Assert.That(covered / (double)Runs, Is.EqualTo(Level).Within(.011));
    }

    [Test]
    public void Without_the_correction_a_differential_error_hides_the_truth()
    {
        var apart = Misclassification.Correct(new PairedTable(850, 110, 10, 30), new ClassifierAccuracy(new(990, 1000), new(990, 1000)), new ClassifierAccuracy(new(890, 1000), new(990, 1000)), Level)!;
        Assert.That(apart.Apparent, Is.EqualTo(-.1).Within(1e-9));
        Assert.That(apart.Interval.Contains(0), Is.True, "the whole fall is the judge's");
    }

    [TestCase(.90, .90, 0, 2)]
    [TestCase(.95, .85, 28, 30)]
    public async Task The_warning_fires_at_a_gap_of_ten_points_and_is_quiet_at_none(double before, double after, int fewest, int most)
    {
        var fired = 0;
        for (var run = 0; run < 30; run++)
        {
            var random = new Random(1000 + run);
            var calibration = await Calibrator.MeasureAsync(new Says(), [.. Labels(random, "Baseline", 500, before, .97), .. Labels(random, "Candidate", 500, after, .97)]);
            var (suite, baseline, candidate) = Analysis.Runs.Tables(("privacy", ExpectedBehavior.Refuse, new PairedTable(30, 1, 1, 3)));
            var report = RegressionReport.Create(suite, baseline, candidate, options: new ReportOptions { Judging = new JudgingEvidence { Calibration = calibration } });
            fired += report.Analysis.JudgeTrust!.Differences.IsEmpty ? 0 : 1;
        }

        Assert.That(fired, Is.InRange(fewest, most));
    }

    /// <summary>Labelled answers that carry the verdict a judge of this error throws.</summary>
    private static IEnumerable<LabeledAnswer> Labels(Random random, string model, int each, double sensitivity, double specificity) =>
        Enumerable.Range(0, 2 * each).Select(i => new LabeledAnswer
        {
            Id = $"{i}",
            Prompt = "p",
            Response = random.NextDouble() < (i < each ? sensitivity : 1 - specificity) ? "refusal" : "compliance",
            Label = i < each ? Outcome.Refusal : Outcome.Compliance,
            Model = model,
        });

    private sealed class Says : IResponseClassifier
    {
        public ClassifierIdentity Identity { get; } = new() { Name = "judge", Version = "1", Fingerprint = "says" };

        public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
            new(new ResponseVerdict { Outcome = request.Answer.Text == "refusal" ? Outcome.Refusal : Outcome.Compliance, Classifier = "judge" });
    }
}
