using SafetyRegression.Classification;
using SafetyRegression.SelfTest;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.Shell;

public sealed class PipelineSelfTestTests
{
    private static readonly SafetySuite Suite = SmallSuite.AllCategories(20, 20);

    [Test]
    public async Task Every_alarm_of_the_default_pipeline_works()
    {
        var report = await new PipelineSelfTest(Suite, new RegexClassifier()).RunAsync();
        Assert.That(report.Passed, Is.True, report.ToString());
        Assert.That(report.ThrowIfFailed, Throws.Nothing);
        Assert.That(report.Checks.Select(check => check.Name), Is.EquivalentTo(new[]
        {
            "always-comply", "always-refuse", "refuse-then-comply", "comply-with-disclaimer", "refusal-in-other-languages", "empty", "content-filtered", "truncated", "gibberish",
            "classifier-down", "judge-down", "judge-always-refusal", "judge-obeys-the-answer", "same-target", "identical-twin", "unchanged", "planted-drop", "single-breach",
            "context-not-delivered", "encoding-forgotten",
        }));
    }

    [TestCase("rubric")]
    [TestCase("llama-guard-3")]
    [TestCase("wildguard")]
    [TestCase("strongreject")]
    public async Task Every_alarm_of_a_pipeline_of_judges_works_with_its_own_judges_replaced(string id)
    {
        var protocol = JudgeProtocols.Get(id);
        using var client = new ScriptedJudge(protocol, ScriptedJudgement.Obedient);
        var judge = Judges.Create(client, new JudgeOptions { Model = "judge-a", Protocol = protocol, RetryDelay = TimeSpan.Zero });
        var report = await new PipelineSelfTest(Suite, judge).RunAsync(name => name.StartsWith("judge", StringComparison.Ordinal));
        Assert.That(report.Passed, report.ToString());
        Assert.That(report.Checks.Select(check => check.Expected), Has.All.Contain("own judges"));
    }

    /// <summary>One defence taken away, and the alarm that must then stay silent and be named.</summary>
    [TestCase("empty", "reads nothing as a refusal")]
    [TestCase("truncated", "reads a stump as a refusal")]
    [TestCase("gibberish", "reads noise as a refusal")]
    [TestCase("refuse-then-comply", "stops at the first sentence")]
    [TestCase("comply-with-disclaimer", "takes a warning for a refusal")]
    [TestCase("refusal-in-other-languages", "knows English only")]
    [TestCase("encoding-forgotten", "is trusted like a person")]
    public async Task A_classifier_without_one_defence_is_found_out_by_name(string alarm, string fault)
    {
        var report = await new PipelineSelfTest(Suite, new Faulty(fault)).RunAsync(name => name == alarm);
        Assert.That(report.Passed, Is.False, report.ToString());
        Assert.That(report.ThrowIfFailed, Throws.InstanceOf<SelfTestFailedException>().With.Message.Contains("FAILED  " + alarm).And.Message.Contains("BUT"));
    }

    [TestCase("judge-always-refusal")]
    [TestCase("judge-obeys-the-answer")]
    public async Task A_judge_without_anchors_is_found_out(string alarm)
    {
        using var client = new ScriptedJudge(JudgeProtocols.Rubric, ScriptedJudgement.Obedient);
        var report = await new PipelineSelfTest(Suite, new JudgeClassifier(client, new JudgeOptions { Model = "judge-a", RetryDelay = TimeSpan.Zero })).RunAsync(name => name == alarm);
        Assert.That(report.Passed, Is.False, report.ToString());
    }

    [Test]
    public async Task A_policy_that_can_call_nothing_is_found_out()
    {
        var report = await new PipelineSelfTest(Suite, new RegexClassifier(), SafetyPolicy.Standard with { Name = "deaf", Alpha = 1e-12 }).RunAsync(name => name is "planted-drop");
        Assert.That(report.Passed, Is.False, report.ToString());
        Assert.That(report.ToString(), Does.Contain("is not called"));
    }

    [Test]
    public async Task A_policy_that_looks_at_the_whole_system_still_hears_the_filter_alarm()
    {
        var report = await new PipelineSelfTest(Suite, new RegexClassifier(), SafetyPolicy.Standard with { CountFilteredAsRefused = true }).RunAsync(name => name is "content-filtered" or "always-comply" or "empty");
        Assert.That(report.Passed, report.ToString());
    }

    [TestCase(Outcome.Refusal, "always-comply")]
    [TestCase(Outcome.Compliance, "always-refuse")]
    public async Task A_constant_classifier_is_found_out(Outcome outcome, string failing)
    {
        var report = await new PipelineSelfTest(Suite, new Constant(outcome)).RunAsync();
        Assert.Multiple(() =>
        {
            Assert.That(report.Passed, Is.False);
            Assert.That(report.Checks.Single(check => check.Name == failing).Passed, Is.False);
            Assert.That(report.ThrowIfFailed, Throws.InstanceOf<SelfTestFailedException>().With.Message.Contains(failing));
        });
    }

    [Test]
    public async Task A_suite_too_small_to_raise_an_alarm_is_found_out()
    {
        var report = await new PipelineSelfTest(SmallSuite.Of(3, 3, HarmCategory.Hate), new RegexClassifier()).RunAsync();
        Assert.That(report.Checks.Where(check => !check.Passed).Select(check => check.Name), Does.Contain("always-comply").And.Contain("always-refuse").And.Contain("planted-drop"));
    }

    [Test]
    public async Task A_suite_of_one_kind_cannot_pass()
    {
        var harmfulOnly = new SafetySuite("one kind", "1", Suite.Harmful, allowSingleClass: true);
        Assert.That((await new PipelineSelfTest(harmfulOnly, new RegexClassifier()).RunAsync(name => name == "always-refuse")).Passed, Is.False);
    }

    [Test]
    public void A_report_without_checks_does_not_pass() => Assert.That(new SelfTestReport { Checks = [] }.Passed, Is.False);

    private sealed class Constant(Outcome outcome) : IResponseClassifier
    {
        public ClassifierIdentity Identity { get; } = new() { Name = "constant", Version = "1", Fingerprint = "0", Trust = LabelTrust.Calibrated };

        public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) =>
            new(new ResponseVerdict { Outcome = outcome, Classifier = "constant" });
    }

    /// <summary>The default classifier with one fault.</summary>
    private sealed class Faulty(string fault) : IResponseClassifier
    {
        private readonly RegexClassifier _sound = new();

        public ClassifierIdentity Identity => _sound.Identity with { Name = "faulty", Trust = fault == "is trusted like a person" ? LabelTrust.Human : LabelTrust.Calibrated };

        public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
        {
            var text = request.Answer.Text;
            var verdict = await _sound.ClassifyAsync(request, cancellationToken);
            Outcome? wrong = fault switch
            {
                "reads nothing as a refusal" when text.Length == 0 => Outcome.Refusal,
                "reads a stump as a refusal" when request.Answer.Finish == AnswerFinish.Length => Outcome.Refusal,
                "reads noise as a refusal" when verdict.Outcome == Outcome.Incoherent => Outcome.Refusal,
                "stops at the first sentence" when text.StartsWith("I'm sorry", StringComparison.Ordinal) => Outcome.Refusal,
                "takes a warning for a refusal" when text.Contains("illegal", StringComparison.Ordinal) => Outcome.Refusal,
                "knows English only" when verdict.Language is not (null or "en") => Outcome.Compliance,
                _ => null,
            };
            return wrong is { } outcome ? verdict with { Outcome = outcome, Reason = null } : verdict;
        }
    }
}
