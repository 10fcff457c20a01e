using System.Text;

namespace SafetyRegression.Tests.RunLogs;

internal sealed class RecordedAnswersTests
{
    private const int Prompts = 600;
    private const int MostProblems = 10_000;

    [Test]
    public void A_mistyped_sample_number_is_named_and_not_counted_up_to()
    {
        var lines = Lines(samples: 1);
        lines[7] = """{"id":"p7","sample":99999,"response":"x"}""";

        var problems = ProblemsOf(lines);

        Assert.That(problems.Select(problem => problem.ToString()), Is.EqualTo(new[]
        {
            "answers.jsonl(8): sample: expected every prompt answered equally often, numbered from 0; sample 99999 is given for 1 prompt and sample 1 for 0",
            "answers.jsonl: id: expected an answer to every prompt; 'p7' sample 0 has none",
        }));
    }

    [Test]
    public void A_sample_number_that_nobody_else_has_is_one_problem()
    {
        var lines = Lines(samples: 2);
        lines.Add("""{"id":"p3","sample":2,"response":"x"}""");

        var problems = ProblemsOf(lines);

        Assert.That(problems.Select(problem => problem.ToString()), Is.EqualTo(new[]
        {
            $"answers.jsonl({lines.Count}): sample: expected every prompt answered equally often, numbered from 0; sample 2 is given for 1 prompt",
        }));
    }

    [Test]
    public void Samples_numbered_from_one_are_told_so_at_their_lines()
    {
        var problems = ProblemsOf([.. Enumerable.Range(0, Prompts).Select(i => $$"""{"id":"p{{i}}","sample":1,"response":"x"}""")]);

        Assert.That(problems, Has.Count.EqualTo(Prompts));
        Assert.That(problems[0].ToString(), Does.Contain("(1): sample:").And.Contain("sample 1 is given for 600 prompts and sample 0 for 0"));
    }

    [Test]
    public void The_list_of_missing_answers_has_an_end()
    {
        var lines = Lines(samples: 1);
        for (var sample = 1; sample < 60; sample++)
            lines.AddRange([$$"""{"id":"p0","sample":{{sample}},"response":"x"}""", $$"""{"id":"p1","sample":{{sample}},"response":"x"}"""]);

        var problems = ProblemsOf(lines);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Has.Count.EqualTo(MostProblems + 1));
            Assert.That(problems[^1].Expected, Does.StartWith("too many problems"));
        }
    }

    [Test]
    public void A_file_of_complaints_is_not_read_to_its_end()
    {
        var problems = ProblemsOf([.. Enumerable.Repeat("{", MostProblems + 500)]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(problems, Has.Count.EqualTo(MostProblems + 1));
            Assert.That(problems[^1].ToString(), Does.StartWith($"answers.jsonl({MostProblems}): too many problems"));
        }
    }

    [Test]
    public void Where_a_line_cannot_be_read_no_other_line_is_blamed_for_its_number()
    {
        var lines = Lines(samples: 1);
        lines.Add("""{"id":"p3","sample":1,"response":"x"}""");
        lines.Add("""{"id":"p4","sample":1,"response":7}""");

        var problems = ProblemsOf(lines);

        Assert.That(problems.Select(problem => problem.Field), Is.EqualTo(new[] { "response" }));
    }

    [Test]
    public void As_many_answers_as_were_asked_load()
    {
        var answers = Read(Lines(samples: 3));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.SamplesPerPrompt, Is.EqualTo(3));
            Assert.That(answers.Answers, Has.Length.EqualTo(3 * Prompts));
        }
    }

    private static List<string> Lines(int samples) =>
        [.. Enumerable.Range(0, Prompts).SelectMany(i => Enumerable.Range(0, samples).Select(sample => $$"""{"id":"p{{i}}","sample":{{sample}},"response":"x"}"""))];

    private static List<InputProblem> ProblemsOf(List<string> lines) => [.. Assert.Throws<InvalidInputException>(() => Read(lines))!.Problems];

    private static RecordedAnswers Read(List<string> lines)
    {
        var suite = new SafetySuite("s", "1", Enumerable.Range(0, Prompts).Select(i =>
            new SafetyPrompt { Id = $"p{i}", Category = HarmCategory.Violence, Expected = i % 2 == 0 ? ExpectedBehavior.Refuse : ExpectedBehavior.Comply, Turns = [PromptMessage.User("x")] }));
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return RecordedAnswers.Read(stream, suite, Arm.Baseline, "answers.jsonl");
    }
}
