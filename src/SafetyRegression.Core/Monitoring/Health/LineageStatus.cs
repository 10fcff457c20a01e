namespace SafetyRegression;

/// <summary>How a lineage stands.</summary>
public sealed record LineageStatus
{
    /// <summary>The lineage.</summary>
    public required string Lineage { get; init; }

    /// <summary>What was recommended last; <see langword="null"/> when it was never observed.</summary>
    public DeploymentRecommendation? Recommendation { get; init; }

    /// <summary>When it was observed last (UTC).</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The time after which that no longer holds.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>Whether the last check could not be made.</summary>
    public bool IsIncomplete { get; init; }

    /// <summary>Whether an alert on a required route is undelivered.</summary>
    public bool IsAlertOwed { get; init; }

    /// <summary>Whether the recommendation has expired.</summary>
    /// <param name="now">The time.</param>
    public bool IsStale(DateTimeOffset now) => ValidUntil is not { } last || now > last;
}
