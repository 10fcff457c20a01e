using System.Text.Json;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Classification.Judging;

namespace SafetyRegression.Tests.Classification;

/// <summary>Each judge of a panel is measured by its own votes, and nobody is asked twice for it.</summary>
public sealed class MemberCalibrationTests
{
    [Test]
    public async Task Each_judge_has_the_figures_it_would_have_alone_and_is_asked_once()
    {
        var judges = Judges();
        var report = await Calibrator.MeasureAsync(new JudgePanel(judges), Labels());
        Assert.That(judges.Select(judge => judge.Calls), Has.All.EqualTo(Labels().Count), "one call for each answer");
        Assert.That(report.Members!.Value.Select(member => member.Classifier), Is.EqualTo(judges.Select(judge => judge.Identity)), "in the order of the panel");
        foreach (var (member, judge) in report.Members.Value.Zip(Judges()))
        {
            var alone = await Calibrator.MeasureAsync(judge, Labels());
            Assert.Multiple(() =>
            {
                Assert.That(member.Overall, Is.EqualTo(alone.Overall), judge.Identity.Name);
                Assert.That(member.Models, Is.EqualTo(alone.Models));
                Assert.That(member.HarmfulModels, Is.EqualTo(alone.HarmfulModels));
                Assert.That(member.DifferentialErrors, Is.EqualTo(alone.DifferentialErrors));
                Assert.That(alone.Members, Is.Null, "a judge alone is no panel");
            });
        }
    }

    [Test]
    public async Task The_figures_are_those_of_the_votes()
    {
        var report = await Calibrator.MeasureAsync(new JudgePanel(Judges()), Labels());
        var (right, deaf, shy) = (report.Members!.Value[0], report.Members.Value[1], report.Members.Value[2]);
        Assert.Multiple(() =>
        {
            // 40 refusals of prompts that should be refused and 40 answers to others on each model.
            Assert.That((right.Overall.Count, right.Overall.Accuracy, right.Overall.Kappa, right.Overall.Coverage), Is.EqualTo((160, 1.0, 1.0, 1.0)));
            Assert.That(right.DifferentialErrors, Is.Empty);

            // Deaf to the refusals of one model: half of its refusals and with them a quarter of that model's answers.
            Assert.That((deaf.Overall.TruePositives, deaf.Overall.FalseNegatives, deaf.Overall.Specificity), Is.EqualTo((60, 20, 1.0)));
            Assert.That((deaf.HarmfulModels["old"].Recall, deaf.HarmfulModels["new"].Recall), Is.EqualTo((1.0, .5)));
            Assert.That((deaf.HarmfulModels["new"].Count, deaf.Models["new"].Count), Is.EqualTo((40, 80)));
            Assert.That(deaf.Overall.Kappa, Is.EqualTo(.75).Within(1e-12));
            Assert.That(deaf.Overall.KappaInterval!.Value.Contains(.75) && deaf.Overall.KappaInterval.Value.Width < .3);
            Assert.That(deaf.DifferentialErrors.Select(error => (error.Measure, error.First, error.Second, error.IntervalsDisjoint)), Is.EqualTo(new[] { ("sensitivity", "old", "new", true) }));

            // No vote on every fourth answer: coverage, not error.
            Assert.That((shy.Overall.Coverage, shy.Overall.Accuracy, shy.Overall.Count), Is.EqualTo((.75, 1.0, 160)));

            // Together they hide what the second one does.
            Assert.That(report.DifferentialErrors, Is.Empty);
        });
    }

    [Test]
    public async Task Behind_another_stage_a_judge_is_measured_on_the_answers_that_reached_the_panel()
    {
        var judges = Judges();
        var first = new FixedJudge("text", request => request.Answer.Text.StartsWith("No", StringComparison.Ordinal)
            ? new ResponseVerdict { Outcome = Outcome.Refusal, Classifier = "text" }
            : ResponseVerdict.Undetermined("text", UndeterminedReason.LowConfidence));
        var report = await Calibrator.MeasureAsync(new CascadeClassifier(first, new CachedClassifier(new JudgePanel(judges))), Labels());
        Assert.That(report.Members!.Value.Select(member => (member.Overall.Count, member.Overall.TruePositives + member.Overall.FalseNegatives)), Has.All.EqualTo((80, 0)));
        Assert.That(report.Count, Is.EqualTo(160));
    }

    [Test]
    public async Task The_same_text_of_two_models_counts_for_both_though_the_panel_is_asked_once()
    {
        var judges = Judges();
        List<LabeledAnswer> labels = [Label("old", 0, "No.", Outcome.Refusal), Label("new", 0, "No.", Outcome.Refusal), Label("new", 1, "Yes.", Outcome.Compliance)];
        var report = await Calibrator.MeasureAsync(new CachedClassifier(new JudgePanel(judges)), labels);
        Assert.That(judges[0].Calls, Is.EqualTo(2));
        Assert.That(report.Members!.Value[0].Models.Select(model => (model.Key, model.Value.Count)), Is.EqualTo(new[] { ("new", 2), ("old", 1) }));
    }

    [Test]
    public async Task A_judge_whose_anchors_fail_covers_nothing()
    {
        var options = new JudgeOptions { Protocol = JudgeProtocols.LlamaGuard3, RetryDelay = TimeSpan.Zero, MaxAttempts = 1 };
        var dead = SafetyRegression.Classification.Judges.Create(ProtocolLabels.Always("safe"), options);
        var report = await Calibrator.MeasureAsync(new JudgePanel([Judges()[0], dead]), Labels());
        Assert.That((report.Members!.Value[0].Overall.Coverage, report.Members.Value[1].Overall.Coverage), Is.EqualTo((1.0, 0.0)));
        Assert.That((report.Members.Value[1].Overall.Accuracy, report.Members.Value[1].Overall.Kappa), Is.EqualTo(((double?)null, (double?)null)));
    }

    [Test]
    public async Task Members_survive_saving_and_a_file_from_before_they_were_measured_is_still_read()
    {
        var report = await Calibrator.MeasureAsync(new JudgePanel(Judges()), Labels());
        var json = CalibrationFile.Write(report);
        var again = CalibrationFile.Read(json, "report");
        Assert.That(CalibrationFile.Write(again), Is.EqualTo(json));
        Assert.That(again.Members!.Value.Select(member => member.Overall), Is.EqualTo(report.Members!.Value.Select(member => member.Overall)));

        var before = CalibrationFile.Write(report with { Members = null });
        Assert.That(before, Does.Not.Contain("members"), "a classifier without a panel is written as ever");
        Assert.That(CalibrationFile.Read(before, "before").Members, Is.Null);
    }

    [Test]
    public async Task The_votes_leave_with_the_calibration_and_stay_out_of_runs()
    {
        var verdict = await Requests.Classify(new JudgePanel(Judges()), "No 1.");
        Assert.That(verdict.Votes.Select(vote => vote.Judge.Name), Is.EqualTo(new[] { "right", "deaf", "shy" }));
        Assert.That(verdict.ToString(), Does.Not.Contain("Votes"));
        Assert.That(new SampleVerdict { ItemId = "a", Sample = 0, Verdict = verdict }.Verdict.Votes, Is.Empty);
        Assert.That(JsonSerializer.Serialize(verdict), Does.Not.Contain("Votes"));
    }

    /// <summary>One that is right, one that is deaf to half of the refusals of the model "new", and one that does not vote on every fourth answer.</summary>
    private static FixedJudge[] Judges() =>
    [
        new("right", request => Says("right", request.Answer.Text.StartsWith("No", StringComparison.Ordinal))),
        new("deaf", request => Says("deaf", request.Answer.Text.StartsWith("No", StringComparison.Ordinal) && !request.Answer.Text.EndsWith('!'))),
        new("shy", request => request.Answer.Text.Contains('4', StringComparison.Ordinal)
            ? ResponseVerdict.Undetermined("shy", UndeterminedReason.JudgeUnparsable)
            : Says("shy", request.Answer.Text.StartsWith("No", StringComparison.Ordinal))),
    ];

    private static ResponseVerdict Says(string name, bool refusal) => new() { Outcome = refusal ? Outcome.Refusal : Outcome.Compliance, Classifier = name };

    private static List<LabeledAnswer> Labels()
    {
        var labels = new List<LabeledAnswer>();
        foreach (var model in new[] { "old", "new" })
        {
            for (var i = 0; i < 40; i++)
            {
                // "4" marks every fourth answer, "!" half of the refusals of the model "new".
                var mark = i % 4 == 3 ? "4" : "-";
                labels.Add(Label(model, i, $"No {model} {Letters(i)}{mark}{(model == "new" && i % 2 == 0 ? "!" : ".")}", Outcome.Refusal));
                labels.Add(Label(model, i, $"Yes {model} {Letters(i)}{mark}.", Outcome.Compliance));
            }
        }

        return labels;
    }

    /// <summary>A number without digits.</summary>
    private static string Letters(int number) => $"{(char)('a' + (number / 10))}{(char)('a' + (number % 10))}";

    private static LabeledAnswer Label(string model, int i, string text, Outcome label) => new()
    {
        Id = $"{label}-{i}",
        Prompt = "A question.",
        Response = text,
        Label = label,
        Model = model,
        Expected = label == Outcome.Refusal ? ExpectedBehavior.Refuse : ExpectedBehavior.Comply,
    };
}
