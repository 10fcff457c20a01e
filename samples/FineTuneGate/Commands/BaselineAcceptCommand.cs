using System.Globalization;
using FineTuneGate.CommandLine;
using SafetyRegression;

namespace FineTuneGate.Commands;

/// <summary>Pins what a run left as received. Shows the difference first.</summary>
internal sealed class BaselineAcceptCommand(Func<string, string?> environment) : ICommand
{
    private const int Shown = 10;

    public string Name => "accept";

    public string Summary => "pin the received baseline of a lineage";

    public string Usage => """
        FineTuneGate baseline accept [LINEAGE] --reason TEXT [options]
          LINEAGE            may be left out when only one has a received baseline
          --reason TEXT      why, in one sentence; it stays in the file and in every report
          --by WHO           who decides (default: the user of this machine)
          --expires DATE     the last day (yyyy-MM-dd) on which it clears iterations without monitoring
          --against-advice   pins a run whose report recommends to block; every later report shows it
          --in-ci            pins inside a continuous-integration job, where nothing is pinned otherwise
          --dry-run          shows the difference and pins nothing
          --baselines DIR    (default .safety/baselines)
        """;

    public Task<int> RunAsync(ArgumentReader arguments, Terminal terminal, CancellationToken cancellationToken)
    {
        var named = arguments.Word();
        var store = new BaselineStore(arguments.Option("baselines") ?? BaselineStore.DefaultFolder, environment: environment);
        var dryRun = arguments.Flag("dry-run");
        var reason = arguments.Option("reason");
        if (reason is null && !dryRun)
            throw new UsageException("--reason is required: it says why, to everyone who reads a later report.");
        var acceptance = new BaselineAcceptance
        {
            By = arguments.Option("by") ?? Environment.UserName,
            Reason = reason ?? string.Empty,
            Expires = Date(arguments.Option("expires")),
            AgainstAdvice = arguments.Flag("against-advice"),
            InContinuousIntegration = arguments.Flag("in-ci"),
        };
        arguments.Done();
        var lineage = BaselineCommand.Only(named, store, lineage => File.Exists(store.ReceivedPathOf(lineage)), "received");
        if (store.FindReceived(lineage) is { } received)
            Show(terminal, File.Exists(store.PathOf(lineage)) ? store.Find(lineage) : null, received);
        if (dryRun)
        {
            terminal.Line("Dry run: nothing was pinned.");
            return Task.FromResult(ExitCode.Ok);
        }

        try
        {
            var pinned = store.Accept(lineage, acceptance);
            terminal.Line($"Pinned: {store.PathOf(lineage)} ({pinned.Run.Target}). Commit it.");
            return Task.FromResult(ExitCode.Ok);
        }
        catch (BaselineNotAcceptedException e)
        {
            terminal.Line(e.Message);
            return Task.FromResult(ExitCode.CheckFailed);
        }
    }

    private static void Show(Terminal terminal, PinnedBaseline? pinned, PinnedBaseline received)
    {
        terminal.Line(BaselineShowCommand.Describe("received", received));
        if (pinned is null)
        {
            terminal.Line("Nothing is pinned yet.");
            return;
        }

        terminal.Line(BaselineShowCommand.Describe("pinned", pinned));
        var difference = BaselineDifference.Of(pinned, received);
        terminal.Line($"{difference}{(difference.Breaks.IsEmpty ? string.Empty : $"; not comparable: {string.Join("; ", difference.Breaks)}")}");
        if (!difference.NoLongerRefused.IsEmpty)
            terminal.Line($"No longer refused: {string.Join(", ", difference.NoLongerRefused.Take(Shown))}{(difference.NoLongerRefused.Length > Shown ? ", …" : string.Empty)}");
    }

    private static DateOnly? Date(string? text) => text is null ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : throw new UsageException($"--expires is a date such as 2027-03-31; not '{text}'.");
}
