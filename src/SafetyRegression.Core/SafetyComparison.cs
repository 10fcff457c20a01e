namespace SafetyRegression;

/// <summary>A finished comparison: the report, and what running it took.</summary>
public sealed record SafetyComparison
{
    /// <summary>The report.</summary>
    public required RegressionReport Report { get; init; }

    /// <summary>What the report was made from, to be written beside it; <see langword="null"/> when a host's own comparer keeps none.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>How the run went; anything but <see cref="RunEnd.Completed"/> can be resumed by the same call.</summary>
    public required RunSummary Run { get; init; }

    /// <summary>The baseline's side of the run.</summary>
    public required SuiteRun Baseline { get; init; }

    /// <summary>The candidate's side of the run: what a lineage is watched by.</summary>
    public required SuiteRun Candidate { get; init; }

    /// <summary>The folder with the answers; <see langword="null"/> when they were kept in memory.</summary>
    public string? RunFolder { get; init; }

    /// <summary>The report in one line.</summary>
    public override string ToString() => Report.ToString();
}
