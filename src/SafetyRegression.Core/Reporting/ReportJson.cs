using System.Text;
using System.Text.Json;

namespace SafetyRegression;

/// <summary>The report's JSON form: versioned, complete, the source of every other rendering.</summary>
public static class ReportJson
{
    private const int Major = 1;

    /// <summary>Writes a report as indented JSON.</summary>
    /// <param name="report">The report.</param>
    public static string Write(RegressionReport report) => JsonSerializer.Serialize(report, Reporting.ReportJsonContext.Default.RegressionReport);

    /// <summary>Reads a report. Unknown members are accepted; a higher major version is refused.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="file">The name to show in errors.</param>
    /// <exception cref="InvalidInputException">
    /// Not a report, one of a version this library does not know, or one whose recommendation is not what its gates and findings allow.
    /// </exception>
    public static RegressionReport Read(string json, string file = "report.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using (var document = JsonDocument.Parse(json))
            {
                var version = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schemaVersion", out var value) && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
                if (!int.TryParse(version?.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture, out var major))
                    throw new InvalidInputException(new InputProblem(file, 0, "schemaVersion", "expected a report with a version such as \"1.0\""));
                if (major > Major)
                    throw new InvalidInputException(new InputProblem(file, 0, "schemaVersion", $"expected at most version {Major}.x; found {major}. Update the library."));
            }

            var report = StrictJson.Deserialize(Encoding.UTF8.GetBytes(json), Reporting.ReportJsonContext.Default.RegressionReport)
                ?? throw new InvalidInputException(new InputProblem(file, 0, null, "expected a report; found null"));
            // Findings of other groups have no category, so the type allows none.
            return report.Analysis.Categories.Concat(report.Analysis.BenignCategories).All(finding => finding.Category is not null)
                ? Consistent(report, file)
                : throw new InvalidInputException(new InputProblem(file, 0, "category", "expected a category in every finding of analysis.categories and analysis.benignCategories"));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new InputProblem(file, (int)((e.LineNumber ?? -1) + 1), e.Path, $"expected a report: {e.Message}"));
        }
    }

    /// <summary>
    /// Whoever reads a report obeys its recommendation, so that one must follow from what stands beside it. This finds a slip of an editor, not a forger: that is
    /// what <see cref="Evidence"/> is for.
    /// </summary>
    private static RegressionReport Consistent(RegressionReport report, string file)
    {
        if (report.Decision.Gates.IsDefaultOrEmpty)
            throw new InvalidInputException(new InputProblem(file, 0, "decision.gates", "expected the gates behind the recommendation; found none"));
        var decided = new DeploymentGate().Decide(report.Analysis, report.Policy, report.AsOf).Gates;
        var strictest = report.Decision.Gates.Concat(decided).MinBy(gate => gate.Allows)!;
        return report.Decision.Recommendation == strictest.Allows
            ? report
            : throw new InvalidInputException(new InputProblem(
                file, 0, "decision.recommendation", $"expected {strictest.Allows}, which is all that the gate '{strictest.Id}' allows on these findings; found {report.Decision.Recommendation}"));
    }
}
