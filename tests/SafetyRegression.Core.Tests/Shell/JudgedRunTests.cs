using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Tests.Classification.Judging;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.Shell;

/// <summary>What a judge was paid for is kept with the run: no kill, outage or repetition pays for it again.</summary>
public sealed class JudgedRunTests
{
    private const int Prompts = 20;
    private static readonly int s_anchors = JudgeAnchor.BuiltIn.Length;

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("judged-run").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_run_cut_off_while_judging_is_finished_by_the_same_call_and_a_repetition_pays_the_judge_nothing()
    {
        using var cancellation = new CancellationTokenSource();
        var judge = Judge(onCall: call =>
        {
            if (call == s_anchors + 5)
                cancellation.Cancel();
        });
        using var models = new Models();

        Assert.That(async () => await models.CompareAsync(_folder, judge, cancellation.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That((judge.Calls, models.Calls), Is.EqualTo((s_anchors + 5, 2 * Prompts)));

        var finished = await models.CompareAsync(_folder, judge);
        Assert.That(models.Calls, Is.EqualTo(2 * Prompts), "no model is asked twice");
        Assert.That(judge.Calls, Is.EqualTo((2 * Prompts) + (2 * s_anchors)), "no answer is judged twice; each process puts its anchors");
        Assert.That(finished.Report.Analysis.JudgeTrust!.Anchors.Single().Report.Batches, Is.EqualTo(2), "the anchors of both processes");

        var again = await models.CompareAsync(_folder, judge);
        Assert.That(models.Calls, Is.EqualTo(4 * Prompts), "a finished run is asked anew");
        Assert.That(judge.Calls, Is.EqualTo((2 * Prompts) + (2 * s_anchors)), "the same texts have the same verdicts");
        Assert.That(again.RunFolder, Is.Not.EqualTo(finished.RunFolder));
        Assert.That(again.Report.Analysis.OverallHarmful.Baseline, Is.EqualTo(finished.Report.Analysis.OverallHarmful.Baseline).UsingPropertiesComparer());
    }

    [Test]
    public async Task A_judge_that_was_down_is_asked_again_without_asking_the_models()
    {
        var down = true;
        var judge = Judge(onCall: _ =>
        {
            if (down)
                throw new HttpRequestException("down");
        });
        using var models = new Models();

        var first = await models.CompareAsync(_folder, judge);
        Assert.That(first.Report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        Assert.That(first.Report.Analysis.DataQuality.Undetermined, Is.EqualTo(new[] { new ReasonCount(UndeterminedReason.JudgeFailed, Prompts, Prompts) }));

        down = false;
        var second = await models.CompareAsync(_folder, judge);
        Assert.That((models.Calls, second.RunFolder), Is.EqualTo((2 * Prompts, first.RunFolder)));
        Assert.That(second.Report.Analysis.DataQuality.Undetermined, Is.Empty);
    }

    [Test]
    public async Task The_same_log_gives_the_same_report_with_panel_stages_and_anchors()
    {
        using var models = new Models();
        JudgeClient[] judges = [Judge("one"), Judge("two"), Judge("three", contrary: "Request 7")];
        var comparison = await models.CompareAsync(_folder, judges);
        var calls = judges.Sum(judge => judge.Calls);
        var trust = comparison.Report.Analysis.JudgeTrust!;
        Assert.That(trust.Panel!.Disputed, Is.GreaterThan(0));
        Assert.That(trust.Cascade!.Answers, Is.EqualTo(2 * Prompts));

        await using var log = RunLog.Open(comparison.RunFolder!);
        var classifier = LoggedClassifier.Over(Models.Classifier(judges), log);
        var runs = await SuiteRunProjection.ProjectAsync(Some.Suite(Prompts), log, classifier);
        var options = new ReportOptions { Judging = JudgingEvidence.Of(classifier) };
        var plan = FrozenPlan.Find(log, EvidencePlan.Create(Some.Suite(Prompts), log.Manifest, SafetyPolicy.Standard, classifier.Identity, options));
        var report = Evidence.Create(Some.Suite(Prompts), runs.Baseline!, runs.Candidate!, options: options, plan: plan).Report;
        Assert.That(ReportJson.Write(report), Is.EqualTo(ReportJson.Write(comparison.Report)));
        Assert.That(judges.Sum(judge => judge.Calls), Is.EqualTo(calls));
    }

    [TestCase("llama-guard-3", "safe")]
    [TestCase("llama-guard-3", "unsafe\nS1")]
    [TestCase("shieldgemma", "No")]
    [TestCase("gpt-oss-safeguard", "1")]
    public async Task A_guard_that_always_says_the_same_decides_nothing_and_the_report_says_so(string protocol, string always)
    {
        using var models = new Models();
        var guard = Judges.Create(ProtocolLabels.Always(always), new JudgeOptions { Protocol = JudgeProtocols.Get(protocol), RetryDelay = TimeSpan.Zero, MaxAttempts = 1 });
        var report = (await models.CompareAsync(_folder, guard)).Report;
        Assert.That(report.Decision.Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
        Assert.That(report.Analysis.DataQuality.Undetermined, Is.EqualTo(new[] { new ReasonCount(UndeterminedReason.CanaryFailed, Prompts, Prompts) }));
        Assert.That(report.Analysis.OverallHarmful.Pairs, Is.Zero);
        var text = SafetyRegression.Reporting.MarkdownReportWriter.Render(report);
        Assert.That(text, Does.Contain("1 of 1 batches voided by anchors").And.Contain("anchor/harm-").And.Contain("batch voided by anchors"));
    }

    [Test]
    public void A_judge_of_the_family_of_a_model_is_refused_before_anything_is_asked()
    {
        using var models = new Models(candidate: "gpt-4o-mini");
        var judge = Judge("gpt-4o");
        Assert.That(async () => await models.CompareAsync(_folder, judge), Throws.InstanceOf<SameFamilyJudgeException>());
        Assert.That((models.Calls, judge.Calls), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task A_judge_of_the_same_family_that_the_host_allows_is_named_in_the_report()
    {
        using var models = new Models(candidate: "gpt-4o-mini");
        var classifier = Judges.Create(Judge("gpt-4o"), new JudgeOptions { RetryDelay = TimeSpan.Zero, AllowSameFamily = true });
        var comparison = await models.CompareAsync(_folder, classifier);
        Assert.That(comparison.Report.Analysis.JudgeTrust!.Warnings, Has.Some.Contains("allowed by the host"));
    }

    /// <summary>Calls what begins like a refusal a refusal, and the opposite where it is contrary.</summary>
    private static JudgeClient Judge(string model = "judge-model", Action<int>? onCall = null, string? contrary = null) => new((messages, call) =>
    {
        onCall?.Invoke(call);
        var refusal = Regex.IsMatch(messages[^1].Text, @"<<ANSWER \w+\r?\n(I'm sorry|I won't)") != (contrary is not null && messages[^1].Text.Contains(contrary, StringComparison.Ordinal));
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, JudgeClient.Verdict(JudgeClient.NonceOf(messages), refusal ? "refusal" : "compliance", refusal ? 0 : 2)));
    }, model);

    private sealed class Models(string candidate = "tuned") : IDisposable
    {
        private readonly FakeClient _baseline = new(call => $"I'm sorry, I can't help with that. {call.Text}");
        private readonly FakeClient _candidate = new(call => $"Here you are: {call.Text}");

        internal int Calls => _baseline.Calls.Count + _candidate.Calls.Count;

        public void Dispose()
        {
            _baseline.Dispose();
            _candidate.Dispose();
        }

        internal static IResponseClassifier Classifier(IReadOnlyList<JudgeClient> judges)
        {
            var own = judges.Select(judge => Judges.Create(judge, new JudgeOptions { RetryDelay = TimeSpan.Zero, MaxAttempts = 1 })).ToList();
            return own.Count == 1 ? own[0] : Judges.Behind(new FixedJudge("open", _ => ResponseVerdict.Undetermined("open", UndeterminedReason.LowConfidence)), new JudgePanel(own));
        }

        internal Task<SafetyComparison> CompareAsync(string folder, JudgeClient judge, CancellationToken cancellationToken = default) => CompareAsync(folder, Classifier([judge]), cancellationToken);

        internal Task<SafetyComparison> CompareAsync(string folder, JudgeClient[] judges) => CompareAsync(folder, Classifier(judges));

        internal Task<SafetyComparison> CompareAsync(string folder, IResponseClassifier classifier, CancellationToken cancellationToken = default)
        {
            var runner = new SafetyRegressionRunner(Some.Target(_baseline, "base"), Some.Target(_candidate, candidate), Some.Quick());
            return new SafetyComparer(runner, classifier, new SafetyRegressionOptions { RunFolder = folder, ClassificationConcurrency = 1 }).CompareAsync(Some.Suite(Prompts), null, cancellationToken);
        }
    }
}
