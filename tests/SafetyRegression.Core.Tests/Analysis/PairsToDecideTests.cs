using System.Globalization;
using System.Text.RegularExpressions;
using SafetyRegression.Analysis;
using SafetyRegression.Reporting;

namespace SafetyRegression.Tests.Analysis;

public sealed partial class PairsToDecideTests
{
    [TestCase(0.10)]
    [TestCase(0.05)]
    [TestCase(0.03)]
    public void The_number_of_pairs_needed_agrees_with_exact_enumeration(double tolerance)
    {
        var report = Privacy(new PairedTable(28, 1, 1, 0), SafetyPolicy.Standard with { CategoryTolerance = tolerance });

        var finding = report.Analysis.Categories[0];

        var exact = PairedPower.RequiredPairs(tolerance, 0.01, 0.8, 3.0 / 32)!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.PairsNeeded, Is.InRange(exact, exact * 1.08));
            Assert.That(finding.PairsAssumption, Is.EqualTo(PairsAssumption.NothingChanged));
            Assert.That(TextReportWriter.Render(report), Does.Contain($"about {finding.PairsNeeded} pairs needed if nothing changed").And.Contain("can decide if nothing changed"));
        }
    }

    [TestCase(19, 9, 212)]
    [TestCase(22, 10, 240)]
    public void Where_an_unchanged_model_would_be_cleared_the_number_is_for_the_change_seen(int lost, int gained, int pairs)
    {
        var report = Privacy(new PairedTable(pairs - lost - gained - 1, lost, gained, 1));

        var finding = report.Analysis.Categories[0];

        var discordance = (lost + gained + 1.0) / (pairs + 2);
        var exact = PairedPower.RequiredPairs(0.1, 0.01, 0.8, discordance, (gained - lost) / (double)pairs)!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Status, Is.EqualTo(RegressionStatus.Inconclusive));
            Assert.That(PairedPower.RequiredPairs(0.1, 0.01, 0.8, discordance), Is.LessThan(pairs), "what an unchanged model needs is there already");
            Assert.That(finding.PairsAssumption, Is.EqualTo(PairsAssumption.ChangeAsSeen));
            Assert.That(finding.PairsNeeded, Is.InRange(exact * 0.97, exact * 1.06));
            Assert.That(TextReportWriter.Render(report), Does.Contain($"about {finding.PairsNeeded} pairs needed if the change is as seen").And.Contain($"from {pairs} to about {finding.PairsNeeded} pairs"));
            Assert.That(HtmlReportWriter.Render(report), Does.Contain($"about {finding.PairsNeeded} pairs needed if the change is as seen"));
        }
    }

    [Test]
    public void A_change_beyond_the_tolerance_is_not_cleared_by_more_pairs()
    {
        // Many hypotheses leave each so little of α that pairs enough to clear an unchanged model do not call this one regressed.
        var report = Runs.Report(SafetyPolicy.Standard, [.. Enumerable.Range(0, 24).Select(i => ($"c{i}", ExpectedBehavior.Refuse, new PairedTable(215, 57, 27, 1)))]);

        var finding = report.Analysis.Categories[0];

        var exact = PairedPower.RequiredPairsToDetect(57 / 300.0, 27 / 300.0, 0.01 / 24)!.Value;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(finding.Status, Is.EqualTo(RegressionStatus.Inconclusive));
            Assert.That(finding.PairsAssumption, Is.EqualTo(PairsAssumption.RegressionAsSeen));
            Assert.That(finding.PairsNeeded, Is.EqualTo(exact).Within(0.05 * exact).And.GreaterThan(300));
            foreach (var text in new[] { TextReportWriter.Render(report), MarkdownReportWriter.Render(report), HtmlReportWriter.Render(report), JUnitReportWriter.Render(report), GitHubReportWriter.Annotations(report) })
                Assert.That(text, Does.Contain($"more pairs would not clear a change of this size, about {finding.PairsNeeded} would show it as a regression"));
            Assert.That(TextReportWriter.Render(report), Does.Contain("more pairs would not clear a change of −10.0 pp").And.Not.Contain("Grow "));
        }
    }

    [TestCase(RegressionTests.Fisher)]
    [TestCase(RegressionTests.TwoProportionZ)]
    public void A_test_that_ignores_pairing_has_no_number_of_pairs_and_says_what_it_ignores(string test)
    {
        var report = Privacy(new PairedTable(28, 1, 1, 0), SafetyPolicy.Standard with { Test = test });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(report.Analysis.Categories[0].Status, Is.EqualTo(RegressionStatus.Inconclusive));
            Assert.That(report.Analysis.Categories[0].PairsNeeded, Is.Null);
            Assert.That(report.Analysis.Categories[0].PairsAssumption, Is.EqualTo(PairsAssumption.Unspecified));
            foreach (var text in new[] { EvidenceTable.Of(report), TextReportWriter.Render(report), MarkdownReportWriter.Render(report), HtmlReportWriter.Render(report), JUnitReportWriter.Render(report), GitHubReportWriter.Annotations(report) })
                Assert.That(text, Does.Contain("ignores pairing").And.Not.Match(@"about \d+ pairs").And.Not.Contain("Grow "));
        }
    }

    [Test]
    public void A_paired_test_is_not_said_to_ignore_pairing() =>
        Assert.That(TextReportWriter.Render(Privacy(new PairedTable(28, 1, 1, 0))) + MarkdownReportWriter.Render(Privacy(new PairedTable(28, 1, 1, 0))), Does.Not.Contain("ignores pairing"));

    [Test]
    public void No_report_asks_for_fewer_pairs_than_there_are([Values(0.03, 0.1)] double tolerance)
    {
        var asked = 0;
        foreach (var (pairs, lost) in new[] { 60, 150, 212, 400, 818 }.SelectMany(pairs => Enumerable.Range(0, 30).Select(i => (pairs, pairs * i / 120))))
        {
            var gained = lost * 2 / 3;
            var report = Privacy(new PairedTable(pairs - lost - gained, lost, gained, 0), SafetyPolicy.Standard with { CategoryTolerance = tolerance, OverallTolerance = tolerance });
            if (report.Analysis.Categories[0].Status != RegressionStatus.Inconclusive)
                continue;
            foreach (var text in new[] { TextReportWriter.Render(report), MarkdownReportWriter.Render(report), JUnitReportWriter.Render(report) })
            {
                foreach (Match match in About().Matches(text))
                {
                    asked++;
                    Assert.That(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Is.GreaterThan(pairs), match.Value);
                }
            }
        }

        Assert.That(asked, Is.Positive, "the sweep meets open findings");
    }

    [Test]
    public void A_noise_floor_leaves_no_number_of_pairs()
    {
        var finding = Privacy(new PairedTable(28, 1, 1, 0)).Analysis.Categories[0];

        Assert.That(PairsToDecide.Of(finding with { Warnings = [StatisticalWarning.WidenedByNoiseFloor] }, 0.01, 1), Is.EqualTo(((int?)null, PairsAssumption.Unspecified)));
    }

    [Test]
    public void A_report_without_the_assumption_is_still_read()
    {
        var json = ReportJson.Write(Privacy(new PairedTable(28, 1, 1, 0)));
        var old = Assumption().Replace(json, string.Empty).Replace(" if nothing changed", string.Empty, StringComparison.Ordinal);

        var read = ReportJson.Read(old);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(json, Does.Contain("\"pairsAssumption\""));
            Assert.That(read.Analysis.Categories[0].PairsAssumption, Is.EqualTo(PairsAssumption.Unspecified));
            Assert.That(TextReportWriter.Render(read), Does.Match(@"about \d+ pairs needed\.").And.Not.Contain("if nothing changed"));
        }
    }

    private static RegressionReport Privacy(PairedTable table, SafetyPolicy? policy = null) =>
        Runs.Report(policy ?? SafetyPolicy.Standard, ("privacy", ExpectedBehavior.Refuse, table));

    [GeneratedRegex(@"about (\d+) (pairs|would)", RegexOptions.None, 10_000)]
    private static partial Regex About();

    [GeneratedRegex("\\s*\"pairsAssumption\": *\"[A-Za-z]+\",", RegexOptions.None, 10_000)]
    private static partial Regex Assumption();
}
