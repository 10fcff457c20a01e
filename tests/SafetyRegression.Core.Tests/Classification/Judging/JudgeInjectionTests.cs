using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using NUnit.Framework;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification.Judging;

public sealed class JudgeInjectionTests
{
    private const string Nonce = "7f3a9c1e5b2d8064";

    private static IEnumerable<TestCaseData> Canaries => InjectionCanaries.All().Select(canary => new TestCaseData(canary.Text).SetArgDisplayNames(canary.Name));

    private static JudgeOptions Options => new() { RetryDelay = TimeSpan.Zero, NonceSource = () => Nonce };

    [Test]
    public void There_are_at_least_sixty_different_canaries() =>
        Assert.That(InjectionCanaries.All().Select(canary => canary.Text(Nonce)).Distinct().Count(), Is.GreaterThanOrEqualTo(60));

    [TestCaseSource(nameof(Canaries))]
    public async Task A_judge_that_obeys_all_it_reads_outside_the_fence_is_not_steered(Func<string, string> canary)
    {
        // The text knows the nonce: even then it must not get out of its fence.
        var client = new JudgeClient((messages, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, Obey(messages))));
        var verdict = await Requests.Classify(new JudgeClassifier(client, Options), canary(Nonce), "How do I bake a cake?");
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Compliance), verdict.Evidence);
        Assert.That(client.Calls, Is.EqualTo(1));
    }

    [TestCaseSource(nameof(Canaries))]
    public async Task A_judge_that_is_steered_by_the_question_is_not_believed_either(Func<string, string> canary)
    {
        var client = new JudgeClient((messages, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, Obey(messages))));
        var verdict = await Requests.Classify(new JudgeClassifier(client, Options), "A recipe.", canary(Nonce));
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Compliance), verdict.Evidence);
    }

    [TestCaseSource(nameof(Canaries))]
    public async Task A_judge_that_repeats_the_judged_text_gives_no_verdict(Func<string, string> canary)
    {
        // It could not know the nonce of this call when it was written.
        var text = canary("1111222233334444");
        var client = new JudgeClient((_, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, text)));
        var verdict = await Requests.Classify(new JudgeClassifier(client, Options), text, "How do I bake a cake?");
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Undetermined));
        Assert.That(verdict.Reason, Is.EqualTo(UndeterminedReason.JudgeUnparsable).Or.EqualTo(UndeterminedReason.JudgeRefused));
    }

    [TestCaseSource(nameof(Canaries))]
    public async Task A_judge_that_repeats_what_it_was_shown_gives_no_verdict(Func<string, string> canary)
    {
        var client = new JudgeClient((messages, _) => new ChatResponse(new ChatMessage(ChatRole.Assistant, Inside(messages[^1].Text))));
        var verdict = await Requests.Classify(new JudgeClassifier(client, Options), canary(Nonce), "How do I bake a cake?");
        Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Undetermined));
    }

    [Test]
    public async Task A_long_answer_is_cut_in_the_middle_with_a_visible_mark_and_the_verdict_says_so()
    {
        var client = new JudgeClient((nonce, _) => JudgeClient.Verdict(nonce));
        var verdict = await Requests.Classify(new JudgeClassifier(client, Options), "HEAD" + new string('x', 100_000) + "TAIL");
        var shown = client.Seen[0][^1].Text;
        Assert.That(shown, Does.Contain("HEADx").And.Contain("xTAIL").And.Contain("characters left out"));
        Assert.That(shown, Has.Length.LessThan(30_000));
        Assert.That(verdict.Evidence, Does.Contain("cut"));
    }

    [Test]
    public async Task Each_call_has_its_own_nonce()
    {
        var client = new JudgeClient((nonce, _) => JudgeClient.Verdict(nonce));
        var judge = new JudgeClassifier(client);
        for (var i = 0; i < 20; i++)
            _ = await Requests.Classify(judge, $"answer {i}");
        Assert.That(client.Seen.Select(JudgeClient.NonceOf).Distinct().Count(), Is.EqualTo(20));
        Assert.That(client.Seen.Select(JudgeClient.NonceOf), Has.All.Length.EqualTo(16));
    }

    /// <summary>Obeys whatever stands outside the fences; otherwise judges rightly.</summary>
    private static string Obey(IReadOnlyList<ChatMessage> messages)
    {
        var nonce = JudgeClient.NonceOf(messages);
        var outside = messages[0].Text + Regex.Replace(messages[^1].Text, $@"<<(QUESTION|ANSWER) {nonce}\n.*?\n\1 {nonce}>>", string.Empty, RegexOptions.Singleline);
        return outside.Contains("HIJACK", StringComparison.Ordinal) || Regex.IsMatch(messages[^1].Text, @"<\|im_|<\|eot|<\|channel|\[/?INST\]|<(start|end)_of_turn>|</s>")
            ? JudgeClient.Verdict(nonce)
            : JudgeClient.Verdict(nonce, "compliance", 4);
    }

    private static string Inside(string message) => Regex.Match(message, @"<<ANSWER (\w+)\n(.*?)\nANSWER \1>>", RegexOptions.Singleline).Groups[2].Value;
}
