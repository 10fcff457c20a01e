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

    /// <summary>The received file that a person may accept; <see langword="null"/> when the run is the pinned one.</summary>
    public string? ReceivedPath { get; init; }
}
