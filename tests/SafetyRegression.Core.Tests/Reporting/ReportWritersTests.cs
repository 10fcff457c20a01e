using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SafetyRegression.Gating;
using SafetyRegression.Reporting;

namespace SafetyRegression.Tests.Reporting;

public sealed class ReportWritersTests
{
    private static readonly Lazy<RegressionReport> _demo = new(() => DemoReport.WithExtras(DemoReport.Of()));
    private static readonly Lazy<RegressionReport> _hostile = new(() => Hostile.Report());

    private static string Write(IReportWriter writer, RegressionReport report)
    {
        using var stream = new MemoryStream();
        writer.WriteAsync(report, stream).AsTask().GetAwaiter().GetResult();
        return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray());
    }

    [TestCase(231, 240, "96.3 %")]
    [TestCase(115, 10_000, "1.2 %")]
    [TestCase(1, 8, "12.5 %")]
    [TestCase(25, 10_000, "0.3 %")]
    public void Exact_halves_go_away_from_zero(int part, int whole, string expected) => Assert.That(NumberText.Rate((double)part / whole), Is.EqualTo(expected));

    [Test]
    public void Differences_come_from_counts_and_carry_a_true_minus()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(NumberText.Points((170 - 239) / 280.0), Is.EqualTo("−24.6"));
            Assert.That(NumberText.Points(-0.0004), Is.EqualTo("0.0"));
            Assert.That(NumberText.Points(0.0125), Is.EqualTo("+1.3"));
            Assert.That(NumberText.P(0, -1000), Is.EqualTo("5.1e-435"));
            Assert.That(NumberText.P(0.0039), Is.EqualTo("0.0039"));
        }
    }

    [Test]
    public void Every_writer_gives_the_same_bytes_in_every_culture([Values("de-DE", "tr-TR", "ar-SA")] string culture)
    {
        var expected = ReportWriters.All.Select(writer => Write(writer, _demo.Value)).ToList();
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Assert.That(ReportWriters.All.Select(writer => Write(writer, _demo.Value)), Is.EqualTo(expected));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Test]
    public void No_writer_lets_a_hostile_name_break_its_lines()
    {
        foreach (var writer in ReportWriters.All.Where(writer => writer.Format != "json"))
        {
            var text = Write(writer, _hostile.Value);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(text.EnumerateRunes().Where(rune => rune.Value is not ('\n' or 0x200B or 0x2060) && Characters.IsUnsafe(rune)), Is.Empty, writer.Format);
                Assert.That(text.Split('\n').Select(line => line.Trim()).Where(line => line is "recommendation=deploy" or "# injected"), Is.Empty, writer.Format);
            }
        }
    }

    [Test]
    public void Junit_has_a_case_per_gate_and_category_and_stays_valid()
    {
        var suite = XDocument.Parse(JUnitReportWriter.Render(_demo.Value)).Root!.Element("testsuite")!;
        var hostile = XDocument.Parse(JUnitReportWriter.Render(_hostile.Value)).Root!.Element("testsuite")!;

        var cases = suite.Elements("testcase").ToList();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(cases, Has.Count.EqualTo(_demo.Value.Decision.Gates.Length + 9));
            Assert.That((int)suite.Attribute("failures")!, Is.EqualTo(cases.Count(item => item.Element("failure") is not null)).And.GreaterThan(3));
            Assert.That((int)suite.Attribute("skipped")!, Is.EqualTo(2), "neither toxicity nor capability has a gate result");
            var cyber = cases.Single(item => (string)item.Attribute("name")! == "Cybersecurity");
            Assert.That(cyber.Element("failure")!.Value, Does.Contain("REGRESSION").And.Contain("Candidate").And.Contain("Cybersecurity"));
            Assert.That(cases.Single(item => (string)item.Attribute("name")! == "Self-harm").Element("failure"), Is.Not.Null, "an inconclusive critical category blocks");
            Assert.That(cases.Single(item => (string)item.Attribute("name")! == "Hate and discrimination").Element("system-out"), Is.Not.Null);
            Assert.That(hostile.Elements("testcase").Count(), Is.EqualTo(_hostile.Value.Decision.Gates.Length + 40));
            Assert.That(hostile.Descendants().Select(element => element.Name.LocalName).Distinct(), Is.SubsetOf(new[] { "testcase", "failure", "error", "skipped", "system-out" }));
        }
    }

    [Test]
    public void Answers_the_provider_never_gave_are_an_error()
    {
        var report = DemoReport.Of([("hate", 100, 0.9, 0.9)], change: run => run with
        {
            Samples = [.. run.Samples.Select((sample, i) => i % 10 == 0 ? sample with { Verdict = new ResponseVerdict { Outcome = Outcome.Failed, Classifier = "runner" } } : sample)],
        });

        Assert.That(XDocument.Parse(JUnitReportWriter.Render(report)).Descendants("error").Single().Attribute("type")!.Value, Is.EqualTo("ProviderFailure"));
    }

    [Test]
    public void Annotations_cannot_be_forged_and_stay_within_ten_of_a_kind()
    {
        var lines = GitHubReportWriter.Annotations(_hostile.Value).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(lines, Has.All.Match("^::(error|warning|notice) title=Safety regression%3A [^:,]*::"));
            Assert.That(lines.Count(line => line.StartsWith("::error", StringComparison.Ordinal)), Is.EqualTo(10));
            Assert.That(lines.Count(line => line.StartsWith("::warning", StringComparison.Ordinal)), Is.LessThanOrEqualTo(10));
            Assert.That(lines[9], Does.Match("[0-9]+ more in the summary"));
            Assert.That(GitHubReportWriter.Annotations(_demo.Value).Split('\n')[0], Does.StartWith("::error title=Safety regression%3A Cybersecurity::"));
            Assert.That(Regex.Replace(string.Concat(lines), "%(25|3A|2C)", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)), Does.Not.Contain("%"));
        }
    }

    [Test]
    public void Outputs_hold_words_and_numbers_only()
    {
        var outputs = GitHubReportWriter.Outputs(_hostile.Value);

        Assert.That(outputs.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Exactly(6).Items.And.All.Match("^[a-z-]+=[a-z0-9.-]*$").IgnoreCase);
        Assert.That(GitHubReportWriter.Outputs(_demo.Value), Does.StartWith("recommendation=block\nregressed=2\n"));
    }

    [Test]
    public void Metrics_are_well_formed()
    {
        foreach (var report in new[] { _demo.Value, _hostile.Value })
        {
            var lines = OpenMetricsReportWriter.Render(report).Split('\n');
            using (Assert.EnterMultipleScope())
            {
                Assert.That(lines[^2], Is.EqualTo("# EOF"));
                Assert.That(lines.Count(line => line == "# EOF"), Is.EqualTo(1));
                Assert.That(lines[..^2], Has.All.Match("""^(# (TYPE|HELP) safety_regression_[a-z_]+ [^\n]+|safety_regression_[a-z_]+(\{([a-z_]+="([^"\\]|\\["\\n])*",?)+\})? -?[0-9.]+)$"""));
            }
        }

        Assert.That(OpenMetricsReportWriter.Render(_demo.Value), Does.Contain("safety_regression_recommendation{safety_regression_recommendation=\"block\"} 1\n"));
    }

    [Test]
    public void A_model_index_names_both_rates_with_their_pairs()
    {
        var text = ModelIndexReportWriter.Render(_demo.Value);
        var hostile = ModelIndexReportWriter.Render(_hostile.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(text, Does.StartWith("model-index:\n- name: \"clinic-assist-8b ft-07\"\n").And.Contain("type: refusal-rate\n").And.Contain("type: false-refusal-rate\n").And.Contain("1720 pairs"));
            Assert.That(hostile.Split('\n').Select(line => Regex.Replace(line, "\"([^\"\\\\]|\\\\.)*\"", "S", RegexOptions.None, TimeSpan.FromSeconds(1))), Has.All.Match(@"^[a-z -]*(: ?([a-z-]+|S|-?[0-9.]+)?)?$"));
        }
    }

    [Test]
    public void Markdown_injects_no_mention_link_image_table_or_comment()
    {
        var text = MarkdownReportWriter.Render(_hostile.Value);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(text), Is.LessThanOrEqualTo(60_000));
            Assert.That(text, Does.Not.Match("@[A-Za-z]").And.Not.Match("#[0-9]").And.Not.Match("https?://").And.Not.Match("www\\.").And.Not.Match(@"(?<!\\)\]\(").And.Not.Match("<(?!!-- safety-regression|details>|/details>|summary>|/summary>|sub>|/sub>)[A-Za-z!/]"));
            Assert.That(Columns(text).Distinct(), Is.EqualTo(new[] { 8, 4 }), "rows of categories, then those of attempts");
            Assert.That(Columns(text).SkipWhile(columns => columns == 8), Is.All.EqualTo(4));
            Assert.That(Regex.Count(text, "<!--", RegexOptions.None, TimeSpan.FromSeconds(1)), Is.EqualTo(1));
        }
    }

    private static IEnumerable<int> Columns(string markdown) => markdown.Split('\n').Where(line => line.StartsWith('|'))
        .Select(line => Regex.Replace(line, @"\\\|", string.Empty, RegexOptions.None, TimeSpan.FromSeconds(1)).Count(c => c == '|'));

    [Test]
    public void Markdown_says_what_to_do()
    {
        var text = MarkdownReportWriter.Render(_demo.Value);

        Assert.That(text, Does.StartWith("<!-- safety-regression:general-safety -->\n## 🛑").And.Contain("1. Review the ").And.Contain("texts withheld").And.Contain("| Cybersecurity |"));
    }

    [Test]
    public void Plain_text_is_no_pipeline_command()
    {
        var text = TextReportWriter.Render(_hostile.Value);

        Assert.That(text, Does.Not.Contain("::").And.Not.Contain("##"));
    }

    [Test]
    public async Task All_formats_are_written_to_a_folder()
    {
        var folder = Directory.CreateTempSubdirectory("reports-").FullName;
        try
        {
            var files = await ReportWriters.WriteAsync(_demo.Value, folder);

            Assert.That(files.Select(Path.GetFileName), Is.EquivalentTo(new[] { "report.json", "report.md", "report.html", "report.xml", "report.txt", "report.prom", "report.github.txt", "report.model-index.yml" }));
            Assert.That(files, Has.All.Matches<string>(file => new FileInfo(file!).Length > 100));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
