using Microsoft.Extensions.AI;
using NUnit.Framework;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification.Judging;

public sealed class JudgeDefenceTests
{
    private static readonly JudgeOptions s_options = new() { RetryDelay = TimeSpan.Zero, MaxAttempts = 1 };

    [Test]
    public async Task One_text_gets_one_verdict_also_when_asked_at_once()
    {
        var client = new JudgeClient((nonce, call) => JudgeClient.Verdict(nonce, call % 2 == 1 ? "refusal" : "evasion"));
        var judge = new CachedClassifier(new JudgeClassifier(client, s_options));
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => judge.ClassifyAsync(Requests.For("text") with { ItemId = $"item-{i}" }).AsTask()));
        Assert.That(verdicts.Distinct().Count(), Is.EqualTo(1));
        Assert.That(client.Calls, Is.EqualTo(1));
        _ = await judge.ClassifyAsync(Requests.For("text", "Another question."));
        _ = await judge.ClassifyAsync(Requests.For("text", expected: ExpectedBehavior.Comply));
        Assert.That(client.Calls, Is.EqualTo(3));
    }

    [Test]
    public async Task An_outage_is_not_remembered()
    {
        var client = new JudgeClient((nonce, call) => call == 1 ? throw new HttpRequestException() : JudgeClient.Verdict(nonce));
        var judge = new CachedClassifier(new JudgeClassifier(client, s_options));
        Assert.That((await Requests.Classify(judge, "text")).Reason, Is.EqualTo(UndeterminedReason.JudgeFailed));
        Assert.That((await Requests.Classify(judge, "text")).Outcome, Is.EqualTo(Outcome.Refusal));
    }

    [Test]
    public async Task A_caller_who_gives_up_does_not_cancel_the_others()
    {
        using var source = new CancellationTokenSource();
        var gate = new TaskCompletionSource();
        var calls = 0;
        var judge = new CachedClassifier(new WaitingClassifier(async token =>
        {
            if (Interlocked.Increment(ref calls) == 1)
                await gate.Task.WaitAsync(token);
            return new ResponseVerdict { Outcome = Outcome.Refusal, Classifier = "w" };
        }));
        var first = judge.ClassifyAsync(Requests.For("text"), source.Token).AsTask();
        var second = judge.ClassifyAsync(Requests.For("text")).AsTask();
        await source.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await second).Outcome, Is.EqualTo(Outcome.Refusal));
    }

    [TestCase("refusal")]
    [TestCase("compliance")]
    public async Task A_judge_that_always_says_the_same_voids_its_batches(string always)
    {
        var client = new JudgeClient((nonce, _) => JudgeClient.Verdict(nonce, always));
        var judge = new AnchoredClassifier(new JudgeClassifier(client, s_options), batchSize: 10);
        for (var i = 0; i < 25; i++)
        {
            var verdict = await Requests.Classify(judge, $"answer {i}");
            Assert.That((verdict.Outcome, verdict.Reason), Is.EqualTo((Outcome.Undetermined, UndeterminedReason.CanaryFailed)));
        }

        Assert.That((judge.Report.Batches, judge.Report.Voided, judge.Report.VoidedAnswers), Is.EqualTo((3, 3, 25L)));
        Assert.That(judge.Report.FailedAnchors, Has.Count.EqualTo(2));
        Assert.That(client.Calls, Is.EqualTo(3 * JudgeAnchor.BuiltIn.Length), "a voided batch costs its anchors only");
    }

    [Test]
    public async Task A_judge_that_breaks_later_voids_the_batches_from_then_on()
    {
        var broken = false;
        var client = new JudgeClient((messages, _) => Reply(broken ? JudgeClient.Verdict(JudgeClient.NonceOf(messages)) : Honest(messages)));
        var judge = Judges.Create(client, s_options);
        for (var i = 0; i < 100; i++)
            Assert.That((await Requests.Classify(judge, $"I won't do that. {i}")).Outcome, Is.EqualTo(Outcome.Refusal));
        broken = true;
        Assert.That((await Requests.Classify(judge, "I won't do this.")).Reason, Is.EqualTo(UndeterminedReason.CanaryFailed));
        Assert.That((await Requests.Classify(judge, "I won't do that. 7")).Outcome, Is.EqualTo(Outcome.Refusal), "given before");
    }

    [Test]
    public async Task A_judge_that_cannot_be_reached_voids_with_that_reason()
    {
        var judge = new AnchoredClassifier(new JudgeClassifier(new JudgeClient((string _, int _) => throw new HttpRequestException()), s_options));
        Assert.That((await Requests.Classify(judge, "text")).Reason, Is.EqualTo(UndeterminedReason.JudgeFailed));
    }

    [Test]
    public async Task A_judge_is_asked_only_where_the_text_classifier_is_unsure()
    {
        var text = new FixedJudge("text", request => request.Answer.Text.StartsWith('?')
            ? ResponseVerdict.Undetermined("text", UndeterminedReason.LowConfidence)
            : new ResponseVerdict { Outcome = Outcome.Refusal, Classifier = "text" });
        var judge = FixedJudge.Says("judge", Outcome.Compliance);
        var cascade = Judges.Behind(text, judge);
        foreach (var answer in new[] { "a", "?", "b", "c", "?d" })
            _ = await Requests.Classify(cascade, answer);
        Assert.That(judge.Calls, Is.EqualTo(2));
        Assert.That((cascade.Counts.Answers, cascade.Counts.Saved, cascade.Counts.Decided[0], cascade.Counts.Decided[1]), Is.EqualTo((5L, 3L, 3L, 2L)));
    }

    [Test]
    public async Task When_nobody_decides_all_reasons_are_told()
    {
        var cascade = new CascadeClassifier(FixedJudge.Says("a", Outcome.Undetermined), new FixedJudge("b", _ => throw new InvalidOperationException()));
        var verdict = await Requests.Classify(cascade, "text");
        Assert.That((verdict.Outcome, verdict.Reason, verdict.Evidence), Is.EqualTo((Outcome.Undetermined, UndeterminedReason.ClassifierFailed, "a=JudgeUnparsable;b=ClassifierFailed")));
    }

    [TestCase("gpt-4o-mini", "gpt")]
    [TestCase("ft:gpt-4o-mini-2024-07-18:org::abc", "gpt")]
    [TestCase("o3-mini", "gpt")]
    [TestCase("openai/o1", "gpt")]
    [TestCase("openai/gpt-oss-safeguard-20b", "gpt")]
    [TestCase("claude-sonnet-4-5", "claude")]
    [TestCase("meta-llama/Llama-Guard-4-12B", "llama")]
    [TestCase("deepseek-ai/DeepSeek-R1-Distill-Qwen-7B", "qwen")]
    [TestCase("deepseek-chat", "deepseek")]
    [TestCase("google/shieldgemma-2b", "gemini")]
    [TestCase("gemini-2.5-pro", "gemini")]
    [TestCase("mistralai/Mixtral-8x7B", "mistral")]
    [TestCase("allenai/wildguard", "mistral")]
    [TestCase("ibm-granite/granite-guardian-3.3-8b", "granite")]
    [TestCase("my-finetune", null)]
    [TestCase("omega", null)]
    public void Families_are_read_from_ids(string model, string? family) => Assert.That(ModelFamily.Of(model), Is.EqualTo(family));

    [Test]
    public void A_judge_of_the_judged_family_is_an_error_unless_allowed_and_an_unknown_one_a_warning()
    {
        Assert.That(() => ModelFamily.Check(["llama-3.3-70b"], ["gpt-4o", "llama-3.1-8b"]), Throws.InstanceOf<SameFamilyJudgeException>());
        Assert.That(() => ModelFamily.Check(["custom"], ["custom"]), Throws.InstanceOf<SameFamilyJudgeException>(), "the same unknown model is still the same");
        Assert.That(ModelFamily.Check(["llama-3.3-70b"], ["llama-3.1-8b"], allowSameFamily: true), Has.Length.EqualTo(1));
        Assert.That(ModelFamily.Check(["custom"], ["llama-3.1-8b"]).Single(), Does.Contain("not known"));
        Assert.That(ModelFamily.Check(["claude-opus-4"], ["llama-3.1-8b"]), Is.Empty);
    }

    private static ChatResponse Reply(string text) => new(new ChatMessage(ChatRole.Assistant, text));

    private static string Honest(IReadOnlyList<ChatMessage> messages) =>
        messages[^1].Text.Contains("won't", StringComparison.Ordinal) || messages[^1].Text.Contains("I'm sorry", StringComparison.Ordinal)
            ? JudgeClient.Verdict(JudgeClient.NonceOf(messages))
            : JudgeClient.Verdict(JudgeClient.NonceOf(messages), "compliance", 4);

    private sealed class WaitingClassifier(Func<CancellationToken, Task<ResponseVerdict>> decide) : IResponseClassifier
    {
        public ClassifierIdentity Identity { get; } = new() { Name = "w", Version = "1", Fingerprint = "w" };

        public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default) => await decide(cancellationToken);
    }
}
