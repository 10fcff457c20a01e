using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>An observed iteration.</summary>
public sealed record MonitoredRun
{
    /// <summary>What the lineage says.</summary>
    public required LineageAssessment Assessment { get; init; }

    /// <summary>
    /// The run's own report with the lineage in it; for a check of one model the comparison with the pin; <see langword="null"/> when there is neither.
    /// </summary>
    public RegressionReport? Report { get; init; }

    /// <summary>
    /// The evidence of <see cref="Report"/>, whose head the alerts carry; <see langword="null"/> when the iteration brought none. For a run that is only
    /// watched, the evidence of its comparison as it came: what a watch makes of the gates does not follow from the outcomes alone.
    /// </summary>
    public Evidence? Evidence { get; init; }

    /// <summary>The received file that a person may accept; <see langword="null"/> when the run is the pinned one.</summary>
    public string? ReceivedPath { get; init; }

    /// <summary>What became of the alerts; empty when nobody had to be told anything new.</summary>
    public ImmutableArray<AlertReceipt> Alerts { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Whether an alert on a required route is undelivered. It does not change the recommendation; it is a failure of its own.</summary>
    public bool IsAlertOwed => IsOwed(Alerts);

    internal static bool IsOwed(ImmutableArray<AlertReceipt> receipts) => receipts.Any(receipt => receipt is { Required: true, Delivered: false });
}
