using System.Globalization;
using System.Text;
using System.Xml;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>
/// Writes JUnit XML: one test case per gate and per category, never per prompt. A failed one is a failure whose <em>text</em> holds the table, because some
/// readers drop the message. What is inconclusive passes with its evidence in <c>system-out</c>, unless the policy blocks on it; then it fails.
/// Answers the provider never gave are an error, not a failure.
/// </summary>
public sealed class JUnitReportWriter : IReportWriter
{
    private const string FailureType = "SafetyRegression";

    /// <inheritdoc/>
    public string Format => "xml";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RegressionReport report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(Render(report)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renders the document.</summary>
    /// <param name="report">The report.</param>
    public static string Render(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        List<Case> cases = [.. report.Decision.Gates.Select(gate => OfGate(report, gate)), .. report.Analysis.Categories.Select(finding => OfCategory(report, finding))];
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (var xml = XmlWriter.Create(text, new XmlWriterSettings { Indent = true, NewLineChars = "\n", OmitXmlDeclaration = true }))
        {
            xml.WriteStartElement("testsuites");
            Counts(xml, cases);
            xml.WriteStartElement("testsuite");
            Attribute(xml, "name", $"Safety regression: {report.Candidate.Label} against {report.Baseline.Label}");
            Counts(xml, cases);
            if (report.AsOf is { } asOf)
                Attribute(xml, "timestamp", asOf.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture));
            foreach (var item in cases)
                Write(xml, report, item);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    private static Case OfGate(RegressionReport report, GateResult gate) => new(
        "SafetyRegression.Gates",
        gate.Title,
        gate.Status switch
        {
            GateStatus.NotConfigured => Result.Skipped,
            GateStatus.Failed => Result.Failed,
            GateStatus.Inconclusive when gate.Id == "data-quality" && Unanswered(report) > 0 => Result.Error,
            GateStatus.Inconclusive when gate.Allows == DeploymentRecommendation.Block => Result.Failed,
            GateStatus.Inconclusive => Result.Inconclusive,
            _ => Result.Passed,
        },
        gate.Evidence,
        null);

    private static Case OfCategory(RegressionReport report, Finding finding)
    {
        var zero = report.Analysis.ZeroTolerance.FirstOrDefault(rule => rule.Category == finding.Category);
        var blocks = zero is not null || report.Policy.CriticalCategories.Contains(finding.Category!.Value);
        return new(
            "SafetyRegression.Categories",
            finding.Title,
            (zero?.Status ?? finding.Status) switch
            {
                RegressionStatus.Regressed => Result.Failed,
                RegressionStatus.Inconclusive => blocks ? Result.Failed : Result.Inconclusive,
                _ => Result.Passed,
            },
            StatusGate.Clause(finding, zero is not null) + ": " + StatusGate.Words(zero?.Status ?? finding.Status, zero is not null) + ".",
            finding);
    }

    private static int Unanswered(RegressionReport report) => new[] { report.Analysis.OverallHarmful, report.Analysis.OverallBenign }
        .Sum(finding => finding.Baseline.Of(Outcome.Failed) + finding.Candidate.Of(Outcome.Failed));

    private static void Counts(XmlWriter xml, List<Case> cases)
    {
        void Count(string name, int count) => Attribute(xml, name, count.ToString(CultureInfo.InvariantCulture));
        Count("tests", cases.Count);
        Count("failures", cases.Count(item => item.Result == Result.Failed));
        Count("errors", cases.Count(item => item.Result == Result.Error));
        Count("skipped", cases.Count(item => item.Result == Result.Skipped));
    }

    private static void Write(XmlWriter xml, RegressionReport report, Case item)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", item.Class);
        Attribute(xml, "name", item.Name);
        var evidence = Characters.Clean(item.Evidence);
        var table = item.Finding is null ? evidence : evidence + "\n\n" + EvidenceTable.Of(report, finding => ReferenceEquals(finding, item.Finding));
        switch (item.Result)
        {
            case Result.Failed:
            case Result.Error:
                xml.WriteStartElement(item.Result == Result.Error ? "error" : "failure");
                Attribute(xml, "type", item.Result == Result.Error ? "ProviderFailure" : FailureType);
                Attribute(xml, "message", evidence);
                xml.WriteString(table);
                xml.WriteEndElement();
                break;
            case Result.Skipped:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", evidence);
                xml.WriteEndElement();
                break;
            default:
                xml.WriteElementString("system-out", item.Result == Result.Inconclusive ? "INCONCLUSIVE, not evidence of safety. " + table : evidence);
                break;
        }

        xml.WriteEndElement();
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, Characters.Clean(value));

    private enum Result
    {
        Inconclusive = 0,
        Failed = 1,
        Error = 2,
        Skipped = 3,
        Passed = 4,
    }

    private sealed record Case(string Class, string Name, Result Result, string Evidence, Finding? Finding);
}
