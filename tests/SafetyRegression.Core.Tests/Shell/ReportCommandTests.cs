using FineTuneGate;
using FineTuneGate.CommandLine;
using FineTuneGate.Commands;
using SafetyRegression.Tests.Reporting;

namespace SafetyRegression.Tests.Shell;

/// <summary>The commands that need no model: report and policy.</summary>
public sealed class ReportCommandTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("report-command").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_file_is_written_again_from_the_json_and_the_exit_code_is_that_of_the_run()
    {
        using StringWriter output = new(), error = new();
        var first = await FineTuneGate.Gate.RunAsync(["--simulate", "regressed", "--suite", "sanity-check", "--out", At("out"), "--runs", At("runs")], output, error);
        var second = await RunAsync(new ReportCommand(), output, "--in", At("out/report.json"), "--out", At("again"));

        Assert.That((first, second), Is.EqualTo((20, 20)), error.ToString());
        var files = Directory.GetFiles(At("again")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.That(files, Is.SupersetOf(new[] { "report.html", "report.json", "report.md", "report.xml" }));
        using (Assert.EnterMultipleScope())
        {
            foreach (var file in files)
                Assert.That(File.ReadAllBytes(At("again/" + file)), Is.EqualTo(File.ReadAllBytes(At("out/" + file))), file);
        }
    }

    [Test]
    public async Task A_report_that_is_none_is_refused_with_its_name_and_place()
    {
        await File.WriteAllTextAsync(At("broken.json"), "{\"schemaVersion\": 1,\n \"analysis\": 3}");
        Assert.That(
            async () => await RunAsync(new ReportCommand(), TextWriter.Null, "--in", At("broken.json"), "--out", At("again")),
            Throws.InstanceOf<Exception>().With.Message.Contains("broken.json"));
        Assert.That(Directory.Exists(At("again")), Is.False);
    }

    [Test]
    public async Task A_policy_that_was_printed_is_read_again_with_the_same_hash()
    {
        using var printed = new StringWriter();
        using var again = new StringWriter();
        Assert.That(await RunAsync(new PolicyCommand(), printed, "--policy", "strict"), Is.Zero);
        await File.WriteAllTextAsync(At("strict.json"), printed.ToString());
        Assert.That(await RunAsync(new PolicyCommand(), again, "--policy", At("strict.json")), Is.Zero);
        Assert.That(again.ToString(), Is.EqualTo(printed.ToString()));
        Assert.That(PolicyJson.Parse(again.ToString()).Fingerprint, Is.EqualTo(SafetyPolicy.Strict.Fingerprint));
    }

    [TestCase("no-such-preset")]
    [TestCase("broken.json")]
    public async Task A_policy_that_cannot_be_read_is_an_error(string policy)
    {
        await File.WriteAllTextAsync(At("broken.json"), "{\"alpha\": 7}");
        var path = policy.EndsWith(".json", StringComparison.Ordinal) ? At(policy) : policy;
        Assert.That(async () => await RunAsync(new PolicyCommand(), TextWriter.Null, "--policy", path), Throws.InstanceOf<Exception>().With.Message.Contains(policy));
    }

    [Test]
    public async Task A_policy_that_names_no_test_there_is_is_an_error()
    {
        await File.WriteAllTextAsync(At("foo.json"), """{"name":"mine","test":"foo"}""");
        Assert.That(async () => await RunAsync(new PolicyCommand(), TextWriter.Null, "--policy", At("foo.json")), Throws.TypeOf<UnknownRegressionTestException>().With.Message.Contains("foo"));
    }

    [Test]
    public void The_keys_of_the_models_do_not_go_to_another_companys_service()
    {
        static string? Keys(string name) => name is "OPENAI_API_KEY" or "SAFETY_API_KEY" ? "sk-secret" : null;
        Assert.That(
            () => ToxicitySettings.Read(new ArgumentReader(["--toxicity", "perspective"]), null, Keys),
            Throws.TypeOf<UsageException>().With.Message.Contains("PERSPECTIVE_API_KEY").And.Message.Not.Contains("OPENAI"));
    }

    private static Task<int> RunAsync(ICommand command, TextWriter output, params string[] args)
        => command.RunAsync(new ArgumentReader(args), new Terminal(output, TextWriter.Null, json: false), CancellationToken.None);

    private string At(string path) => Path.Combine(_folder, path);
}
