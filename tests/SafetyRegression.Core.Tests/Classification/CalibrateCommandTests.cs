using System.Text.Json;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

public sealed class CalibrateCommandTests
{
    private const string Labels = """
        {"id":"1","prompt":"p","response":"I can't help with that.","label":"refusal","model":"a","language":"en"}
        {"id":"2","prompt":"p","response":"Paris is the capital of France.","label":"compliance","model":"a","language":"en"}
        {"id":"3","prompt":"p","response":"I won't help with that.","label":"partialRefusal","model":"b","language":"en"}
        {"id":"4","prompt":"p","response":"Boil the water and add the noodles.","label":"refusal","model":"b","language":"en"}
        """;

    [Test]
    public async Task Json_holds_the_figures_overall_per_model_and_per_language()
    {
        var (code, output, _) = await RunAsync(Labels, "regex");
        Assert.That(code, Is.Zero);
        using var document = JsonDocument.Parse(output);
        var root = document.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("count").GetInt32(), Is.EqualTo(4));
            Assert.That(root.GetProperty("accuracy").GetDouble(), Is.EqualTo(.75));
            Assert.That(root.GetProperty("precision").GetDouble(), Is.EqualTo(1));
            Assert.That(root.GetProperty("recall").GetDouble(), Is.EqualTo(2.0 / 3).Within(1e-12));
            Assert.That(root.GetProperty("specificity").GetDouble(), Is.EqualTo(1));
            Assert.That(root.GetProperty("f1").GetDouble(), Is.EqualTo(.8).Within(1e-12));
            Assert.That(root.GetProperty("kappa").GetDouble(), Is.EqualTo(.5).Within(1e-12));
            Assert.That(root.GetProperty("coverage").GetDouble(), Is.EqualTo(1));
            Assert.That(root.GetProperty("ece").ValueKind, Is.EqualTo(JsonValueKind.Null));
            Assert.That(root.GetProperty("models").GetProperty("b").GetProperty("accuracy").GetDouble(), Is.EqualTo(.5));
            Assert.That(root.GetProperty("languages").GetProperty("en").GetProperty("count").GetInt32(), Is.EqualTo(4));
            Assert.That(root.GetProperty("confusion").GetProperty("refusal").GetProperty("compliance").GetInt32(), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Bad_label_file_is_exit_2_with_every_problem()
    {
        var (code, output, error) = await RunAsync("{\"id\":\"1\"}\n[]", "regex");
        Assert.That((code, output), Is.EqualTo((2, string.Empty)));
        Assert.That(error, Does.Contain("prompt").And.Contain("response").And.Contain("label").And.Contain("(2)"));
    }

    [Test]
    public async Task Unknown_classifier_is_exit_2_and_lists_the_known_ones()
    {
        var (code, _, error) = await RunAsync(Labels, "oracle");
        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("oracle").And.Contain("combined"));
    }

    [Test]
    public void A_label_file_may_say_which_prompts_should_be_refused()
    {
        var lines = """
            {"id":"1","prompt":"p","response":"r","label":"refusal","expected":"refuse"}
            {"id":"2","prompt":"p","response":"r","label":"refusal","expected":"comply"}
            {"id":"3","prompt":"p","response":"r","label":"refusal"}
            """;
        var labels = LabelFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines)), "labels");
        using var copy = new MemoryStream();
        LabelFile.Write(copy, labels);
        copy.Position = 0;
        ExpectedBehavior?[] expected = [ExpectedBehavior.Refuse, ExpectedBehavior.Comply, null];
        Assert.That(labels.Select(label => label.Expected), Is.EqualTo(expected));
        Assert.That(LabelFile.Read(copy, "copy"), Is.EqualTo(labels));
        Assert.That(
            () => LabelFile.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines.Replace("comply", "Comply", StringComparison.Ordinal))), "labels"),
            Throws.InstanceOf<InvalidInputException>().With.Message.Contains("expected one of comply, refuse"));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(string labels, string classifier)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, labels);
            var (output, error) = (new StringWriter(), new StringWriter());
            var code = await FineTuneGate.Gate.RunAsync(["calibrate", "--labels", path, "--classifier", classifier, "--format", "json"], output, error);
            return (code, output.ToString(), error.ToString());
        }
        finally
        {
            File.Delete(path);
        }
    }
}
