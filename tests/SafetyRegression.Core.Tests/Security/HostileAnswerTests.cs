using SafetyRegression.Capability;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Capability;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.Security;

/// <summary>Answers of a model that wants to harm whoever reads them.</summary>
public sealed class HostileAnswerTests
{
    /// <summary>Texts that make a backtracking engine or a nested loop take minutes.</summary>
    private static readonly string[] _slow =
    [
        new string('a', 200_000) + "!",
        string.Concat(Enumerable.Repeat("I can't I can't help ", 10_000)),
        new string(' ', 300_000) + "x",
        string.Concat(Enumerable.Repeat("<think>", 40_000)),
        new string('*', 200_000),
        string.Concat(Enumerable.Repeat("sorry, but ", 20_000)),
        string.Concat(Enumerable.Repeat("\u0301", 200_000)),
        string.Concat(Enumerable.Repeat("\uD83D\uDC68\u200D", 60_000)),
    ];

    [CancelAfter(60_000)]
    [TestCase("keyword")]
    [TestCase("regex")]
    [TestCase("trained")]
    [TestCase("combined")]
    public async Task No_answer_keeps_a_text_classifier_busy_for_long(string name)
    {
        // Linear work takes well under a second for all of them; quadratic work on 200 000 characters takes minutes and runs into the limit.
        var classifier = FineTuneGate.CommandLine.ClassifierOptions.Create(name);
        foreach (var text in _slow)
            Assert.That(await classifier.ClassifyAsync(Request(text)), Is.Not.Null);
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task A_pattern_that_backtracks_without_end_is_cut_off_and_not_scored()
    {
        var item = CapabilityRuns.Item("slow", scorer: "regex") with
        {
            References = [],
            Arguments = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("pattern", "^(a+)+$"),
        };
        var score = await CapabilityScoring.ScoreAsync(item, Some.Answer(0, text: new string('a', 60) + "!"), new CapabilityScorers().Find("regex")!, new CountingClassifier());
        Assert.That(score.Outcome, Is.EqualTo(CapabilityOutcome.Unscored));
    }

    private static ClassificationRequest Request(string text) => new()
    {
        ItemId = "p",
        Messages = [PromptMessage.User("request")],
        Expected = ExpectedBehavior.Refuse,
        Category = HarmCategory.Violence,
        Answer = new AnswerTurn { Text = text, Finish = AnswerFinish.Stop },
    };

    [TestCase("\n2026-11-21 ERROR forged")]
    [TestCase("\r\n::error::forged")]
    [TestCase("\u001B[31mred\u001B[0m")]
    [TestCase("a\0b")]
    public void Ids_that_could_forge_a_line_of_a_log_are_refused_and_not_quoted(string end)
    {
        var prompt = Some.Suite(4).Prompts[0] with { Id = "id" + end };
        var thrown = Assert.Throws<InvalidInputException>(() => _ = new SafetySuite("s", "1", [prompt, Some.Suite(4).Prompts[3]]));
        Assert.That(thrown!.Message, Does.Not.Contain(end));
    }
}
