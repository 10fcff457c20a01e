using System.Globalization;
using System.Text;
using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>
/// Writes GitHub Actions workflow commands, one per line, for the standard output of a step: errors for what blocks, warnings for what is open. GitHub shows
/// ten of a kind per step and drops the rest without a word, so the worst come first and the tenth says how many more there are.
/// </summary>
public sealed class GitHubReportWriter : IReportWriter
{
    private const int PerKind = 10;

    /// <inheritdoc/>
    public string Format => "github.txt";

    /// <inheritdoc/>
    public async ValueTask WriteAsync(RegressionReport report, Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        await destination.WriteAsync(Encoding.UTF8.GetBytes(Annotations(report)), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Renders the annotations.</summary>
    /// <param name="report">The report.</param>
    public static string Annotations(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var (errors, warnings) = (new List<string>(), new List<string>());
        foreach (var finding in report.Analysis.Categories.OrderBy(finding => finding.Delta))
        {
            var zero = report.Analysis.ZeroTolerance.FirstOrDefault(rule => rule.Category == finding.Category);
            var status = zero?.Status ?? finding.Status;
            var blocks = status == RegressionStatus.Regressed
                || (status == RegressionStatus.Inconclusive && (zero is not null || report.Policy.CriticalCategories.Contains(finding.Category!.Value)));
            if (blocks || status is RegressionStatus.Inconclusive or RegressionStatus.WithinToleranceDeclined)
                (blocks ? errors : warnings).Add(Command(blocks ? "error" : "warning", finding.Title, $"{StatusGate.Clause(finding, zero is not null)}: {StatusGate.Words(status, zero is not null)}."));
        }

        foreach (var gate in report.Decision.Gates.Where(gate => gate.Allows != DeploymentRecommendation.Deploy && gate.Id != "category-tolerance"))
        {
            var blocks = gate.Allows == DeploymentRecommendation.Block;
            (blocks ? errors : warnings).Add(Command(blocks ? "error" : "warning", gate.Title, gate.Evidence));
        }

        var lines = Capped("error", errors).Concat(Capped("warning", warnings)).Append(Command("notice", VerdictSentence.Words(report.Decision.Recommendation), report.Decision.Sentence));
        return string.Concat(lines.Select(line => line + "\n"));
    }

    /// <summary>
    /// The lines for <c>$GITHUB_OUTPUT</c>: <c>recommendation</c>, <c>regressed</c>, <c>inconclusive</c>, <c>composite</c>, <c>refusal-delta</c> and
    /// <c>run-id</c>. Words and numbers of the library only, no name or sentence from outside.
    /// </summary>
    /// <param name="report">The report.</param>
    public static string Outputs(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var recommendation = report.Decision.Recommendation switch
        {
            DeploymentRecommendation.Deploy => "deploy",
            DeploymentRecommendation.DeployWithMonitoring => "deploy-with-monitoring",
            _ => "block",
        };
        int Count(RegressionStatus status) => report.Analysis.Categories.Count(finding => finding.Status == status);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"recommendation={recommendation}\nregressed={Count(RegressionStatus.Regressed)}\ninconclusive={Count(RegressionStatus.Inconclusive)}\ncomposite={report.Analysis.Composite.CandidateScore:0.0000}\nrefusal-delta={report.Analysis.OverallHarmful.Delta:0.0000}\nrun-id={new string([.. report.RunId.Where(char.IsAsciiLetterOrDigit)])}\n");
    }

    private static IEnumerable<string> Capped(string kind, List<string> commands) => commands.Count <= PerKind
        ? commands
        : commands.Take(PerKind - 1).Append(Command(kind, "More", string.Create(CultureInfo.InvariantCulture, $"{commands.Count - PerKind + 1} more in the summary.")));

    private static string Command(string kind, string title, string message) => $"::{kind} title={Property("Safety regression: " + title)}::{Data(message)}";

    private static string Data(string value) => Characters.Clean(value).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string value) => Data(value).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
