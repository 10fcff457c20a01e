using SafetyRegression;

namespace FineTuneGate.CommandLine;

/// <summary>The last step of every command that ends in a verdict: the lineage and its alerts, when one is named, and the report files.</summary>
internal static class LineageStep
{
    internal static async Task<int> FinishAsync(
        LineageSettings? settings, SafetySuite suite, Evidence evidence, SuiteRun candidate, IResponseClassifier classifier, EvidenceSettings written, string folder, string? runFolder, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings is null)
            return await ReportFiles.FinishAsync(evidence, written, folder, terminal, cancellationToken);
        var iteration = new MonitoredIteration
        {
            Lineage = settings.NameFor(suite),
            Suite = suite,
            Run = candidate,
            Evidence = evidence,
            Label = settings.Label,
            Canary = settings.Canary.IsEmpty ? null : await CanaryReading.TakeAsync(classifier, settings.Canary, cancellationToken),
        };
        // The run's own log keeps the alerts until they are delivered.
        await using var outbox = settings.Alerts is null || runFolder is null ? null : RunLog.Open(runFolder);
        var monitored = await settings.Monitor().ObserveAsync(iteration, outbox, cancellationToken);
        var exit = await ReportFiles.FinishAsync(monitored.Evidence!, written, folder, terminal, cancellationToken);
        terminal.Line($"Iteration {monitored.Assessment.Iteration} of {monitored.Assessment.Lineage}.");
        if (monitored.ReceivedPath is { } received)
            terminal.Line($"Received: {received}. To pin it: baseline accept {monitored.Assessment.Lineage} --reason \"…\"");
        foreach (var receipt in monitored.Alerts)
            terminal.Line($"Alert: {receipt}.");
        return monitored.IsAlertOwed ? ExitCode.AlertUndelivered : exit;
    }

    /// <summary>A check that could not be made is told too: silence must not be taken for safety.</summary>
    internal static async Task TellIncompleteAsync(LineageSettings? settings, SafetySuite suite, string candidate, Terminal terminal, CancellationToken cancellationToken)
    {
        if (settings?.Alerts is null)
            return;
        foreach (var receipt in await settings.Monitor().ReportIncompleteAsync(settings.NameFor(suite), suite, settings.Label ?? candidate, cancellationToken))
            terminal.Line($"Alert: {receipt}.");
    }
}
