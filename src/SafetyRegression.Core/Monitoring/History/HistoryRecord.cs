namespace SafetyRegression.Monitoring;

/// <summary>One line of a history file: a run, or the state an alert route was left in. <see cref="Previous"/> ties it to the line before.</summary>
internal sealed record HistoryRecord
{
    /// <summary>The version of the line's form.</summary>
    public int V { get; init; } = 1;

    /// <summary>The head of the SHA-256 of the line before; <c>start</c> on the first line.</summary>
    public required string Previous { get; init; }

    public HistoryEntry? Run { get; init; }

    public AlertState? Alert { get; init; }
}
