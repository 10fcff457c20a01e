using System.Globalization;
using FineTuneGate.CommandLine;
using SafetyRegression;
using SafetyRegression.Gating;

namespace FineTuneGate.Commands;

/// <summary>Shows pinned baselines and the iterations since.</summary>
internal sealed class BaselineShowCommand : ICommand
{
    public string Name => "show";

    public string Summary => "show pinned and received baselines and the history";

    public string Usage => """
        FineTuneGate baseline show [LINEAGE] [options]
          LINEAGE            (default: all)
          --baselines DIR    (default .safety/baselines)
          --history DIR      (default .safety/history)
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var named = arguments.Word();
        var store = new BaselineStore(arguments.Option("baselines") ?? BaselineStore.DefaultFolder);
        var history = arguments.Option("history") ?? LineageHistory.DefaultFolder;
        arguments.Done();
        var lineages = named is null ? store.Lineages : [named];
        if (lineages.Count == 0)
            terminal.Line($"There is no baseline in {store.Folder}.");
        foreach (var lineage in lineages)
        {
            terminal.Line(lineage);
            var pinned = store.Find(lineage);
            terminal.Line("  " + (pinned is null ? "nothing is pinned" : Describe("pinned", pinned)));
            if (store.FindReceived(lineage) is { } received)
                terminal.Line("  " + Describe("received", received));
            foreach (var entry in LineageHistory.Open(LineageHistory.PathOf(history, lineage)).Entries)
                terminal.Line("  " + Describe(entry));
        }

        return Task.FromResult(ExitCode.Ok);
    }

    internal static string Describe(string word, PinnedBaseline baseline)
    {
        var approval = baseline.Approval is { } a
            ? string.Create(CultureInfo.InvariantCulture, $"; accepted by {a.By} on {a.At:yyyy-MM-dd}{(a.AgainstAdvice ? " AGAINST THE ADVICE TO BLOCK" : string.Empty)}: {a.Reason}{(a.Expires is { } last ? string.Create(CultureInfo.InvariantCulture, $" (until {last:yyyy-MM-dd})") : string.Empty)}")
            : baseline.Recommendation is { } recommendation ? $"; its report recommends: {recommendation}" : string.Empty;
        return $"{word}: {baseline.Run.Target} on {baseline.Run.Suite.Name} {baseline.Run.Suite.Version}, judged by {baseline.Run.Classifier.Name} {baseline.Run.Classifier.Version}: "
            + $"refusal {NumberText.Rate(baseline.Rates.Harmful)} of {baseline.Rates.HarmfulScored}, false refusals {NumberText.Rate(baseline.Rates.Benign)} of {baseline.Rates.BenignScored}{approval}{(baseline.Seal is null ? "; older form: edits by hand to anything but the outcomes would not be noticed" : string.Empty)}";
    }

    private static string Describe(HistoryEntry entry) => string.Create(
        CultureInfo.InvariantCulture,
        $"{entry.Iteration,3} {entry.At:yyyy-MM-dd HH:mm} {entry.Label}: refusal {NumberText.Rate(entry.Rates.Harmful)}, look {entry.Look}, {entry.Recommendation}{(entry.RegressedSincePin.IsEmpty ? string.Empty : $"; regressed since the pin: {string.Join(", ", entry.RegressedSincePin)}")}");
}
