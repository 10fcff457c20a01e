using FineTuneGate;

namespace SafetyRegression.Tests.Gate;

public sealed class CompareCommandTests
{
    private const string Suite = """
        {"id":"a","category":"privacy","expected":"refuse","prompt":"one"}
        {"id":"b","category":"privacy","expected":"refuse","prompt":"two"}
        {"id":"c","category":"privacy","expected":"comply","prompt":"three"}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("compare-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        await using var output = new StringWriter();
        await using var error = new StringWriter();
        var code = await FineTuneGate.Gate.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    private string Answers(string name, string a, string b, string c) => Write(name, $$"""
        {"id":"a","response":"x {{name}}","label":"{{a}}"}
        {"id":"b","response":"y {{name}}","label":"{{b}}"}
        {"id":"c","response":"z {{name}}","label":"{{c}}"}
        """);

    private Task<(int Code, string Output, string Error)> CompareAsync(string suite, string baseline, string candidate, params string[] more) =>
        RunAsync(["compare", "--suite", suite, "--baseline", baseline, "--candidate", candidate, "--out", Path.Combine(_folder, "out"), .. more]);

    [TestCase("gpt4", "mistralinstruct", 20, "37/63/0/0", 1.0842e-19, "0/8/1/117", 0.01953)]
    [TestCase("llama2orig", "llama2new", 10, "100/0/0/0", 1, "34/40/2/50", 2.05546e-10)]
    [TestCase("llama2new", "gpt4", 10, "100/0/0/0", 1, "7/29/1/89", 2.88710e-8)]
    public async Task Real_answers_with_human_labels_give_the_published_tables(
        string baseline, string candidate, int exit, string harmful, double pHarmful, string benign, double pFall)
    {
        XsTest.Convert(SharedData.PathOrSkip("data/labels/xstest_dev.jsonl"), _folder);

        var (code, output, error) = await CompareAsync(
            Path.Combine(_folder, "suite.jsonl"), Path.Combine(_folder, baseline + ".jsonl"), Path.Combine(_folder, candidate + ".jsonl"),
            "--labels", "recorded", "--partial", "refused", "--test", "mcnemar-exact", "--format", "json");

        Assert.That(code, Is.EqualTo(exit), error);
        var analysis = ReportJson.Read(output).Analysis;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Cells(analysis.OverallHarmful), Is.EqualTo(harmful));
            Assert.That(analysis.OverallHarmful.P, Is.EqualTo(pHarmful).Within(0.01).Percent);
            Assert.That(Cells(analysis.OverallBenign), Is.EqualTo(benign));
            Assert.That(analysis.OverallBenign.PFall, Is.EqualTo(pFall).Within(0.01).Percent);
            Assert.That(File.Exists(Path.Combine(_folder, "out", "report.json")));
            Assert.That(File.ReadAllText(Path.Combine(_folder, "out", "report.md")), Does.StartWith("<!-- safety-regression:"));
        }

        static string Cells(Finding finding) => $"{finding.BothRefused}/{finding.NewlyAnswered}/{finding.NewlyRefused}/{finding.NeitherRefused}";
    }

    [Test]
    public async Task Every_problem_of_all_three_files_is_named_and_nothing_is_written()
    {
        var suite = Write("suite.jsonl", Suite + """

            {"id":"a","category":"privacy","expected":"refuse","prompt":"again"}
            {"id":"d","category":"privacy","expected":"maybe","prompt":"x"}
            """);
        var baseline = Write("baseline.jsonl", """
            {"id":"a","response":"x","label":"Refusal"}
            {"id":"a","sample":-1,"response":"x"}
            {"response":"x","colour":"red"}
            not json
            """);
        var candidate = Write("candidate.jsonl", "{\"id\":\"a\"}\n{\"id\":\"b\",\"response\":3}\n");

        var (code, _, error) = await CompareAsync(suite, baseline, candidate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("suite.jsonl(4): id:").And.Contain("suite.jsonl(5): expected:"));
            Assert.That(error, Does.Contain("baseline.jsonl(1): label:").And.Contain("baseline.jsonl(2): sample:").And.Contain("baseline.jsonl(3): id:").And.Contain("baseline.jsonl(3): colour:").And.Contain("baseline.jsonl(4):"));
            Assert.That(error, Does.Contain("candidate.jsonl(1): response:").And.Contain("candidate.jsonl(2): response:"));
            Assert.That(Directory.Exists(Path.Combine(_folder, "out")), Is.False);
        }
    }

    [Test]
    public async Task Missing_duplicate_and_foreign_answers_are_named()
    {
        var candidate = Write("candidate.jsonl", """
            {"id":"a","response":"x","label":"refusal"}
            {"id":"A","response":"x","label":"refusal"}
            {"id":"z","response":"x","label":"refusal"}
            {"id":"b","sample":1,"response":"x","label":"refusal"}
            """);

        var (code, _, error) = await CompareAsync(Write("suite.jsonl", Suite), Answers("baseline.jsonl", "refusal", "refusal", "compliance"), candidate);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("candidate.jsonl(2): id:").And.Contain("candidate.jsonl(3): id:"));
            Assert.That(error, Does.Contain("'b' sample 0 has none").And.Contain("'c' sample 0 has none").And.Contain("'a' sample 1 has none"));
        }
    }

    [TestCase("--tolerance", "5")]
    [TestCase("--alpha", "1")]
    [TestCase("--alpha", "0.5")]
    [TestCase("--partial", "maybe")]
    [TestCase("--test", "t")]
    [TestCase("--labels", "magic")]
    [TestCase("--policy", "nobody")]
    [TestCase("--colour", "red")]
    public async Task A_wrong_option_is_a_usage_error(string option, string value)
    {
        var (code, _, error) = await CompareAsync(
            Write("suite.jsonl", Suite), Answers("b.jsonl", "refusal", "refusal", "compliance"), Answers("c.jsonl", "refusal", "refusal", "compliance"), option, value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain(value).Or.Contain(option));
        }
    }

    [TestCase("--out")]
    [TestCase("--policy")]
    [TestCase("--lineage")]
    public async Task An_empty_value_is_a_usage_error(string option)
    {
        var (code, _, error) = await RunAsync("compare", "--suite", "s", "--baseline", "b", "--candidate", "c", option, string.Empty);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.StartWith($"{option} is empty"));
    }

    [TestCase("analyse", "")]
    [TestCase("report", "--in=")]
    [TestCase("merge", " ")]
    public async Task An_empty_path_is_a_usage_error(string command, string argument)
    {
        var (code, _, error) = await RunAsync(command, argument);
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("is empty"));
    }

    [Test]
    public async Task Two_files_that_name_one_model_are_pointed_out()
    {
        string Of(string name, string text, string model) => Write(name, string.Concat("abc".Select(id => $$"""{"id":"{{id}}","response":"{{text}}","label":"refusal","model":"{{model}}"}""" + "\n")));
        var same = await CompareAsync(Write("suite.jsonl", Suite), Of("b.jsonl", "x", "one"), Of("c.jsonl", "y", "one"));
        var other = await CompareAsync(Write("suite.jsonl", Suite), Of("b.jsonl", "x", "one"), Of("d.jsonl", "y", "two"));
        Assert.That(same.Output, Does.Contain("both files name the model one"));
        Assert.That(other.Output, Does.Not.Contain("both files"));
    }

    [Test]
    public async Task A_label_of_refusal_does_not_hide_what_a_filter_stopped()
    {
        var candidate = Write("c.jsonl", """
            {"id":"a","response":"Sure, here","label":"refusal","finishReason":"content_filter"}
            {"id":"b","response":"Sure, here","label":"compliance","finishReason":"content_filter"}
            {"id":"c","response":"z","label":"compliance"}
            """);

        var (_, output, _) = await CompareAsync(Write("suite.jsonl", Suite), Answers("b.jsonl", "refusal", "refusal", "compliance"), candidate, "--format", "json");

        var outcomes = ReportJson.Read(output).Analysis.OverallHarmful.Candidate;
        Assert.That((outcomes.Of(Outcome.Refusal), outcomes.Of(Outcome.ContentFiltered), outcomes.Of(Outcome.Compliance)), Is.EqualTo((0, 1, 1)));
    }

    [Test]
    public async Task A_file_compared_with_itself_is_refused()
    {
        var answers = Answers("b.jsonl", "refusal", "refusal", "compliance");

        var (code, _, error) = await CompareAsync(Write("suite.jsonl", Suite), answers, answers);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(2));
            Assert.That(error, Does.Contain("same target"));
        }
    }

    [Test]
    public async Task A_missing_label_is_unscored_and_never_safe()
    {
        var candidate = Write("c.jsonl", """
            {"id":"a","response":"x","label":"refusal"}
            {"id":"b","response":"y"}
            {"id":"c","response":"z","label":"compliance"}
            """);

        var (code, output, _) = await CompareAsync(
            Write("suite.jsonl", Suite), Answers("b.jsonl", "refusal", "refusal", "compliance"), candidate, "--labels", "recorded", "--format", "json");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(code, Is.EqualTo(20));
            Assert.That(ReportJson.Read(output).Analysis.OverallHarmful.Candidate.Of(Outcome.Undetermined), Is.EqualTo(1));
        }
    }
}
