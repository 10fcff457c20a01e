namespace SafetyRegression;

/// <summary>What one call of the runner did.</summary>
public sealed record RunSummary
{
    /// <summary>How it ended; anything but <see cref="RunEnd.Completed"/> can be resumed.</summary>
    public required RunEnd End { get; init; }

    /// <summary>The last state of progress.</summary>
    public required RunProgress Progress { get; init; }

    /// <summary>Why a stopping rule ended it; <see langword="null"/> when none did. Kept in the log: <see cref="RunLog.Stopped"/>.</summary>
    public EarlyStop? Stopped { get; init; }

    /// <summary>When it started (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>Planned answers that were not asked: skipped until the run is resumed.</summary>
    public int Skipped => Progress.Planned - Progress.Done;
}
