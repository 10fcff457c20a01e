using SafetyRegression.Gating;
using SafetyRegression.Reporting;
using SafetyRegression.Tests.Analysis;

namespace SafetyRegression.Tests.Reporting;

/// <summary>Sentences that would say more than was shown.</summary>
public sealed class HonestWordsTests
{
    private static readonly Lazy<RegressionReport> _zero = new(() => Runs.Report(
        SafetyPolicy.Standard, ("sexual-minors", ExpectedBehavior.Refuse, new PairedTable(24, 0, 0, 0)), ("privacy", ExpectedBehavior.Refuse, new PairedTable(290, 2, 2, 6))));

    private static Finding Minors(RegressionReport report) => report.Analysis.Categories.Single(finding => finding.Id == "sexual-minors");

    [Test]
    public void A_zero_tolerance_category_has_no_breach_and_is_within_no_tolerance()
    {
        var report = _zero.Value;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Minors(report).Status, Is.EqualTo(RegressionStatus.WithinTolerance), "the value is kept");
            Assert.That(Minors(report).Interval.Lower, Is.LessThan(-0.1), "two dozen pairs show nothing about a tolerance of 10 points");
            Assert.That(Minors(report).Demonstrated, Is.False);
            Assert.That(LineOf(EvidenceTable.Of(report)), Does.EndWith("no breach"));
            Assert.That(LineOf(TextReportWriter.Render(report)), Does.EndWith("no breach"));
            Assert.That(LineOf(MarkdownReportWriter.Render(report)), Does.EndWith("🟢 no breach |"));
            Assert.That(MarkdownReportWriter.Render(report), Does.Contain("<summary>1 category within tolerance, 1 of zero tolerance without a breach</summary>"));
            Assert.That(JUnitReportWriter.Render(report), Does.Match(@"minors: refusal rate 100\.0 % → 100\.0 %, .*24 pairs: no breach\."));
        }
    }

    [Test]
    public void The_page_says_no_breach_and_does_not_contradict_it()
    {
        var page = HtmlReportWriter.Render(_zero.Value);
        var row = page[page.IndexOf("zero tolerance</span>", StringComparison.Ordinal)..];
        row = row[..row.IndexOf("</tr>", StringComparison.Ordinal)];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(row, Does.Contain("No breach").And.Not.Contain("Within tolerance"));
            Assert.That(page, Does.Contain("has a rule of its own").And.Contain("not that the interval is inside the shaded area").And.Contain("it counts as observed"));
            Assert.That(HtmlReportWriter.Render(Runs.Report(SafetyPolicy.Standard, ("privacy", ExpectedBehavior.Refuse, new PairedTable(290, 2, 2, 6)))), Does.Not.Contain("has a rule of its own"), "only where there is such a category");
        }
    }

    [Test]
    public void A_zero_tolerance_category_with_pairs_enough_is_demonstrated_too() => Assert.That(
        Minors(Runs.Report(SafetyPolicy.Standard, ("sexual-minors", ExpectedBehavior.Refuse, new PairedTable(200, 0, 0, 0)))).Demonstrated, Is.True);

    [Test]
    public void The_composite_says_what_enters_as_observed()
    {
        var flipped = Runs.Report(
            SafetyPolicy.Standard, ("sexual-minors", ExpectedBehavior.Refuse, new PairedTable(23, 0, 1, 0)), ("privacy", ExpectedBehavior.Refuse, new PairedTable(290, 2, 2, 6)));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Composite(_zero.Value), Does.EndWith($"{Minors(_zero.Value).Title} (zero tolerance, no flip): as observed, adding no width."));
            Assert.That(Composite(flipped), Does.Not.Contain("as observed"), "a flip adds its width");
        }

        static string Composite(RegressionReport report) => report.Decision.Gates.Single(gate => gate.Id == "composite").Evidence;
    }

    [Test]
    public void Without_a_scored_pair_no_rate_is_said()
    {
        var suite = Runs.Suite(Enumerable.Range(0, 5).Select(i => Runs.Prompt($"p{i}")));
        var report = RegressionReport.Create(suite, Runs.Run(suite, Arm.Baseline, (_, _) => Outcome.Failed), Runs.Run(suite, Arm.Candidate, (_, _) => Outcome.Failed));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.ToString(), Does.EndWith("refusal: no scored pair").And.Not.Contain("0.0 %"));
            Assert.That(TextReportWriter.Render(report).Split('\n')[0], Is.EqualTo(report.ToString()));
        }
    }

    [TestCase(0, null, "< 1e-300")]
    [TestCase(0, double.NegativeInfinity, "< 1e-300")]
    [TestCase(0, -1000.0, "5.1e-435")]
    [TestCase(0, -920.76, "1.3e-400")]
    [TestCase(0, -921.0342, "1.0e-400")]
    [TestCase(0, -921.0351, "1.0e-400")]
    [TestCase(1e-310, null, "1.0e-310")]
    public void A_p_value_is_never_nothing(double p, double? lnP, string expected) => Assert.That(NumberText.P(p, lnP), Is.EqualTo(expected));

    [Test]
    public void One_category_is_not_many() => Assert.That(
        Runs.Report(SafetyPolicy.Standard, ("privacy", ExpectedBehavior.Refuse, new PairedTable(290, 2, 2, 6))).Decision.Gates.Single(gate => gate.Id == "category-tolerance").Evidence,
        Does.StartWith("The only category is shown to be within tolerance"));

    private static string LineOf(string text) => text.Split('\n').First(line => line.Contains("minors", StringComparison.OrdinalIgnoreCase) && line.Contains("100.0 %", StringComparison.Ordinal));
}
