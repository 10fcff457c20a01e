using SafetyRegression;
using SafetyRegression.Reporting;

namespace FineTuneGate.CommandLine;

/// <summary>Writes the report files, tells the pipeline, and prints the JSON form on the standard output when asked.</summary>
internal static class ReportFiles
{
    internal const string DefaultFolder = "./safety-report";

    internal static async Task<int> FinishAsync(Evidence evidence, EvidenceSettings settings, string folder, Terminal terminal, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        await settings.WriteAsync(evidence, folder, terminal, cancellationToken);
        return await FinishAsync(evidence.Report, folder, terminal, cancellationToken);
    }

    internal static async Task<int> FinishAsync(RegressionReport report, string folder, Terminal terminal, CancellationToken cancellationToken)
    {
        var files = await ReportWriters.WriteAsync(report, folder, cancellationToken: cancellationToken);
        ReportView.Show(terminal.Human, report);
        JudgeView.Show(terminal, report);
        terminal.Line($"Report: {string.Join(", ", files)}");
        await GitHubStep.TellAsync(report, terminal, cancellationToken);
        if (terminal.IsJson)
            await terminal.Machine.WriteLineAsync(ReportJson.Write(report));
        return ExitCode.Of(report.Decision.Recommendation);
    }
}
