using System.Collections.Immutable;
using SafetyRegression;
using SafetyRegression.Classification;

namespace FineTuneGate.CommandLine;

/// <summary>The options that put a run into its lineage, the same for every command that ends in a verdict on a candidate.</summary>
internal sealed record LineageSettings
{
    internal const string Usage = $"""
          --lineage NAME     watches the candidate as an iteration of NAME: compares it with the pinned baseline and with the iteration before
          --iteration LABEL  the iteration's name in the trend (default: the candidate's)
          --baselines DIR    pinned and received baselines (default .safety/baselines); "baseline accept" pins one
          --history DIR      the iterations so far (default .safety/history)
          --pin FILE         a pinned baseline in place of the lineage's own
          --looks N          how many comparisons with one pin share alpha (default 20)
          --canary FILE      answers with human labels, judged again each time, so that a change of the judge is not taken for one of the model
        {AlertSettings.Usage}
        """;

    internal required string? Lineage { get; init; }

    internal required string? Label { get; init; }

    internal required MonitoringFolders Folders { get; init; }

    internal required MonitoringOptions Options { get; init; }

    internal required ImmutableArray<LabeledAnswer> Canary { get; init; }

    internal required AlertDispatcher? Alerts { get; init; }

    internal string NameFor(SafetySuite suite) => Lineage ?? suite.Name;

    internal SafetyMonitor Monitor() => new(Folders, Options, Alerts);

    /// <summary>The settings, or <see langword="null"/> when the run is not put into a lineage.</summary>
    internal static LineageSettings? Read(ArgumentReader arguments, Func<string, string?>? environment = null)
    {
        var lineage = arguments.Option("lineage");
        var label = arguments.Option("iteration");
        var baselines = arguments.Option("baselines");
        var history = arguments.Option("history");
        var pin = arguments.Option("pin");
        var looks = arguments.Integer("looks", 1, 1000);
        var canary = arguments.Option("canary");
        var alerts = AlertSettings.Read(arguments, environment ?? Environment.GetEnvironmentVariable);
        if (alerts is null && looks is null && new[] { lineage, label, baselines, history, pin, canary }.All(option => option is null))
            return null;
        if (pin is not null && !File.Exists(pin))
            throw new UsageException($"--pin is the file of a pinned baseline; there is no '{pin}'.");
        return new LineageSettings
        {
            Lineage = lineage,
            Label = label,
            Folders = new MonitoringFolders { Baselines = baselines ?? BaselineStore.DefaultFolder, History = history ?? LineageHistory.DefaultFolder, PinFile = pin },
            Options = new MonitoringOptions { PlannedLooks = looks ?? new MonitoringOptions().PlannedLooks },
            Canary = canary is null ? [] : LabelFile.Load(canary),
            Alerts = alerts,
        };
    }
}
