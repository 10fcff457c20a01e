using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>The last step of every command that ends in a verdict: the lineage, when one is named, then the report files.</summary>
internal static class LineageStep
{
    internal static async Task<int> FinishAsync(
        LineageSettings? settings, SafetySuite suite, RegressionReport report, SuiteRun candidate, string folder, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings is null)
            return await ReportFiles.FinishAsync(report, folder, terminal, cancellationToken);
        var monitored = await new SafetyMonitor(settings.Folders, settings.Options).ObserveAsync(
            new MonitoredIteration { Lineage = settings.Lineage ?? suite.Name, Suite = suite, Run = candidate, Report = report, Label = settings.Label }, cancellationToken: cancellationToken);
        var exit = await ReportFiles.FinishAsync(monitored.Report!, folder, terminal, cancellationToken);
        var assessment = monitored.Assessment;
        terminal.Line($"Iteration {assessment.Iteration} of {assessment.Lineage}.");
        if (monitored.ReceivedPath is { } received)
            terminal.Line($"Received: {received}. To pin it: baseline accept {assessment.Lineage} --reason \"…\"");
        return exit;
    }
}
