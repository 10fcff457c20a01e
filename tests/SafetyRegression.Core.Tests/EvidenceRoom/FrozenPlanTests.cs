using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Running;
using SafetyRegression.Tests.Simulated;

namespace SafetyRegression.Tests.EvidenceRoom;

/// <summary>The plan is fixed before the run, and a run that is continued or analysed under another plan says so.</summary>
public sealed class FrozenPlanTests
{
    private static readonly SafetySuite s_suite = SmallSuite.Of(4, 4, HarmCategory.Privacy);

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("plan-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_plan_is_on_disk_before_the_first_call()
    {
        var seen = new ConcurrentQueue<bool>();
        var comparison = await CompareAsync(SafetyPolicy.Standard, () => seen.Enqueue(Directory.GetFiles(_folder, "plan.json", SearchOption.AllDirectories).Length == 1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(seen, Has.Count.EqualTo(16).And.All.True);
            Assert.That(comparison.Report.Seal!.Timing, Is.EqualTo(PlanTiming.BeforeAnswers));
            Assert.That(comparison.Report.Seal.FrozenAt, Is.Not.Null);
            Assert.That(Bundle.Hash(File.ReadAllBytes(Path.Combine(comparison.RunFolder!, "plan.json"))), Is.EqualTo(comparison.Report.Seal.Plan));
        }
    }

    [Test]
    public async Task A_run_finished_under_another_policy_says_so_and_brings_the_first_plan_along()
    {
        await CompareAsync(SafetyPolicy.Standard, maxCalls: 9);
        var comparison = await CompareAsync(SafetyPolicy.Exploratory);
        using var bundle = await Bundle.WriteAsync(comparison.Evidence);
        var verification = bundle.Verify(new EvidenceVerificationOptions { Suite = s_suite });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(comparison.Report.Seal!.Timing, Is.EqualTo(PlanTiming.Changed));
            Assert.That(comparison.Report.Seal.OriginalPlan, Is.EqualTo(Bundle.Hash(bundle.Bytes("plan-frozen.json"))));
            Assert.That(verification.IsValid, verification.ToString());
            Assert.That(verification.Notes, Has.Some.Contain("not the one that was frozen"));
            Assert.That(bundle.With("plan-frozen.json", text => text.Replace("0.01", "0.02")).Problems, Has.Some.Property("Place").EqualTo("plan-frozen.json"));
        }
    }

    [Test]
    public async Task A_run_finished_under_the_same_policy_keeps_its_plan()
    {
        await CompareAsync(SafetyPolicy.Standard, maxCalls: 9);
        var comparison = await CompareAsync(SafetyPolicy.Standard);
        Assert.That(comparison.Report.Seal!.Timing, Is.EqualTo(PlanTiming.BeforeAnswers));
    }

    [Test]
    public async Task Looking_for_a_plan_writes_nothing_and_answers_without_a_plan_have_none()
    {
        var comparison = await CompareAsync(SafetyPolicy.Standard);
        var path = Path.Combine(comparison.RunFolder!, "plan.json");
        File.Delete(path);
        await using var log = RunLog.OpenRead(comparison.RunFolder!);

        var found = FrozenPlan.Find(log, comparison.Evidence!.Plan);

        Assert.That(found.Timing, Is.EqualTo(PlanTiming.AfterAnswers));
        Assert.That(FrozenPlan.Freeze(log, comparison.Evidence.Plan).Timing, Is.EqualTo(PlanTiming.AfterAnswers), "too late");
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void A_plan_names_every_hypothesis_with_its_tolerance()
    {
        var plan = Bundle.Create().Plan;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(plan.Hypotheses.Select(claim => claim.Kind).Distinct(), Has.Exactly(8).Items);
            Assert.That(plan.Hypotheses.Single(claim => claim.Subject == "violence"), Is.EqualTo(new PlannedHypothesis { Kind = HypothesisKind.Category, Subject = "violence", Items = 5, Tolerance = 0.1, Alpha = 0.01, Test = "auto", Weight = 6, Critical = true }));
            Assert.That(plan.Hypotheses.Single(claim => claim.Kind == HypothesisKind.ZeroTolerance).Tolerance, Is.Zero);
            Assert.That(plan.Packages.Keys, Is.SupersetOf(new[] { "SafetyRegression.Core", "MathNet.Numerics", "runtime" }));
        }
    }

    [Test]
    public void A_plan_knows_how_its_judges_are_asked()
    {
        using var client = new FakeClient();
        var judge = new JudgeClassifier(client, new JudgeOptions { Model = "judge-model" });
        var judges = JudgingEvidence.Of(new CachedClassifier(new AnchoredClassifier(judge))).Judges;

        var protocol = JudgeProtocols.Get("rubric");
        Assert.That(judges.Single(), Is.EqualTo(new JudgeModel("judge-model") { Protocol = protocol.ToString(), PromptHash = protocol.Fingerprint }));
    }

    private async Task<SafetyComparison> CompareAsync(SafetyPolicy policy, Action? onCall = null, int? maxCalls = null)
    {
        var options = new SafetyRegressionOptions { Policy = policy, RunFolder = _folder };
        options.Run.Budget.MaxCalls = maxCalls;
        using var before = new Client("before", onCall);
        using var after = new Client("after", onCall);
        var runner = new SafetyRegressionRunner(new ModelTarget(before), new ModelTarget(after), options.Run);
        return await new SafetyComparer(runner, new RegexClassifier(), options).CompareAsync(s_suite);
    }

    private sealed class Client(string model, Action? onCall) : IChatClient
    {
        private readonly Lock _gate = new();

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            lock (_gate)
                onCall?.Invoke();
            var text = messages.Last().Text.Contains("harmful", StringComparison.Ordinal) ? "I'm sorry, but I can't help with that." : $"Here is an outline, as {model} sees it.";
            return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, text)) { ModelId = model, FinishReason = ChatFinishReason.Stop });
        }

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, model) : null;

        public void Dispose()
        {
        }
    }
}
