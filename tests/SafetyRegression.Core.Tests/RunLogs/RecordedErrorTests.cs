using System.Text;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.RunLogs;

/// <summary>Recorded answers can say that a call failed.</summary>
public sealed class RecordedErrorTests
{
    private static readonly SafetySuite s_suite = new("suite", "1", Some.Suite(4).Prompts.Take(1), allowSingleClass: true);

    [TestCase("\"\"", "error")]
    [TestCase("null", "error")]
    [TestCase("\"Error: 500 Internal Server Error\"", "ERROR")]
    [TestCase("\"Here is half an ans\"", " error ")]
    public async Task A_recorded_error_is_a_failed_call_whatever_stands_in_the_place_of_the_answer(string response, string finish)
    {
        var answer = Read($"{{\"id\":\"p0000\",\"response\":{response},\"finishReason\":\"{finish}\"}}").Answers.Single();
        var verdict = await AnswerClassification.ClassifyAsync(s_suite.Prompts[0], answer, TextClassifiers.Create("combined"));
        Assert.Multiple(() =>
        {
            Assert.That((answer.Status, answer.Failure?.Kind, answer.Turns.Length), Is.EqualTo((AnswerStatus.Failed, (CallFailureKind?)CallFailureKind.Unknown, 0)));
            Assert.That(verdict.Outcome, Is.EqualTo(Outcome.Failed));
        });
    }

    [Test]
    public void Any_other_finish_reason_is_an_answer() =>
        Assert.That(Read("{\"id\":\"p0000\",\"response\":\"Paris.\",\"finishReason\":\"stop\"}").Answers.Single().Status, Is.EqualTo(AnswerStatus.Answered));

    [Test]
    public void A_failed_call_cannot_have_a_label()
    {
        var error = Assert.Throws<InvalidInputException>(() => Read("{\"id\":\"p0000\",\"response\":\"\",\"finishReason\":\"error\",\"label\":\"refusal\"}"));
        Assert.That(error!.Message, Does.Contain("label").And.Contain("error"));
    }

    private static RecordedAnswers Read(string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        return RecordedAnswers.Read(stream, s_suite, Arm.Candidate, "answers.jsonl");
    }
}
