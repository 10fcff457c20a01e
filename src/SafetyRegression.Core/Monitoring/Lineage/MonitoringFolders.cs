namespace SafetyRegression;

/// <summary>Where a lineage is kept.</summary>
public sealed record MonitoringFolders
{
    /// <summary>The folder of pinned baselines, to be committed.</summary>
    /// <value>Default <c>.safety/baselines</c>, below the current directory.</value>
    public string Baselines { get; init; } = BaselineStore.DefaultFolder;

    /// <summary>The folder of histories.</summary>
    /// <value>Default <c>.safety/history</c>, below the current directory.</value>
    public string History { get; init; } = LineageHistory.DefaultFolder;

    /// <summary>A pinned baseline's file in place of the lineage's own in <see cref="Baselines"/>.</summary>
    public string? PinFile { get; init; }
}
