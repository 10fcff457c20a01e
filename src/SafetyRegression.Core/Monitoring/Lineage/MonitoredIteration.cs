namespace SafetyRegression;

/// <summary>A finished run to be observed in its lineage.</summary>
public sealed record MonitoredIteration
{
    /// <summary>The lineage: the product or series of tuned models that is watched.</summary>
    public required string Lineage { get; init; }

    /// <summary>What the run is looked at for.</summary>
    /// <value>Default: to be cleared.</value>
    public LineagePurpose Purpose { get; init; }

    /// <summary>The suite the run answered.</summary>
    public required SafetySuite Suite { get; init; }

    /// <summary>The run of the model that is watched.</summary>
    public required SuiteRun Run { get; init; }

    /// <summary>The run's own report; <see langword="null"/> for a scheduled check of one model, which is compared with the pin only.</summary>
    /// <value>Default: the report of <see cref="Evidence"/>.</value>
    public RegressionReport? Report { get => field ?? Evidence?.Report; init; }

    /// <summary>The run's capability scores; <see langword="null"/> when capability was not measured.</summary>
    /// <value>Default: those of <see cref="Evidence"/> for the side that <see cref="Run"/> is on.</value>
    public LineageCapability? Capability
    {
        get => field ?? (Evidence?.Capability is { } compared ? new LineageCapability(compared.Suite, Run.Arm == Arm.Baseline ? compared.Baseline : compared.Candidate) : null);
        init;
    }

    /// <summary>The evidence of that report. The lineage is added to it and the alert carries its head; <see langword="null"/> when there is none.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>What is demanded; <see langword="null"/> for the report's policy, or the standard preset.</summary>
    public SafetyPolicy? Policy { get; init; }

    /// <summary>The classifier on the canary set, read with this run.</summary>
    public CanaryReading? Canary { get; init; }

    /// <summary>Where the host serves the report, for alerts.</summary>
    public Uri? ReportAddress { get; init; }

    /// <summary>The iteration's name for people; <see langword="null"/> for the target's label.</summary>
    public string? Label { get; init; }
}
