namespace SafetyRegression.Bundles;

/// <summary>One line of <c>capability.jsonl</c>.</summary>
internal sealed record CapabilityRecord
{
    public required string P { get; init; }

    public required string Id { get; init; }

    public required string Task { get; init; }

    public string? Subject { get; init; }

    public required string Cluster { get; init; }

    public required string Scorer { get; init; }

    /// <summary>SHA-256 over system prompt and turns.</summary>
    public required string Content { get; init; }

    internal static CapabilityRecord Of(CapabilityItem item, string previous) => new()
    {
        P = previous,
        Id = item.Id,
        Task = item.Task,
        Subject = item.Subject,
        Cluster = item.Cluster,
        Scorer = item.Scorer,
        Content = item.ToRunItem().ContentHash,
    };

    internal CapabilityItem ToItem() => new() { Id = Id, Task = Task, Subject = Subject, Cluster = Cluster, Scorer = Scorer, Turns = [] };
}
