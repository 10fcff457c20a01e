using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Checks that pinned baselines and histories are whole, unchanged, accepted, in force and made with this suite.</summary>
internal sealed class BaselineVerifyCommand : ICommand
{
    public string Name => "verify";

    public string Summary => "check that pinned baselines are whole, accepted and in force";

    public string Usage => $"""
        FineTuneGate baseline verify [LINEAGE] [options]
          LINEAGE            (default: all)
          --suite SUITE      the pin must be of this suite; {SuiteOptions.Usage}
          --baselines DIR    (default .safety/baselines)
          --history DIR      (default .safety/history)
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var named = arguments.Word();
        var store = new BaselineStore(arguments.Option("baselines") ?? BaselineStore.DefaultFolder);
        var history = arguments.Option("history") ?? LineageHistory.DefaultFolder;
        var suite = arguments.Option("suite") is { } name ? SuiteOptions.Load(name, allowSingleClass: true) : null;
        arguments.Done();
        var lineages = named is null ? store.Lineages : [named];
        var problems = lineages.Count == 0 ? [$"There is no baseline in {store.Folder}."] : lineages.SelectMany(lineage => Problems(store, history, suite, lineage)).ToList();
        foreach (var problem in problems)
            terminal.Line(problem);
        if (problems.Count == 0)
        {
            terminal.Line($"{lineages.Count} pinned, whole, accepted and in force.");
            foreach (var lineage in lineages.Where(lineage => store.Find(lineage)?.Seal is null))
                terminal.Line($"{lineage}: of the older form, in which only the outcomes have a digest. Edits by hand to the acceptance, the recommendation or the rates would not be noticed; pin again to seal it.");
        }
        return Task.FromResult(problems.Count == 0 ? ExitCode.Ok : ExitCode.CheckFailed);
    }

    private static List<string> Problems(BaselineStore store, string history, SafetySuite? suite, string lineage)
    {
        var problems = new List<string>();
        try
        {
            var pin = store.Find(lineage);
            if (pin is null)
                problems.Add($"{lineage}: nothing is pinned.");
            else if (pin.Approval!.IsExpired(TimeProvider.System.GetUtcNow()))
                problems.Add(FormattableString.Invariant($"{lineage}: expired on {pin.Approval.Expires:yyyy-MM-dd}."));
            if (pin is not null && suite is not null && pin.Run.Suite.Fingerprint != suite.Fingerprint)
                problems.Add($"{lineage}: pinned with {pin.Run.Suite.Name} {pin.Run.Suite.Version}, which is not {suite}.");
            if (LineageHistory.Open(LineageHistory.PathOf(history, lineage)).HasTornTail)
                problems.Add($"{lineage}: the last line of its history is torn; the next run mends it.");
        }
        catch (InvalidInputException e)
        {
            problems.AddRange(e.Problems.Select(problem => problem.ToString()));
        }

        return problems;
    }
}
