namespace SafetyRegression;

/// <summary>A sink with a name and how much depends on it.</summary>
public sealed record AlertRoute
{
    /// <summary>The name in logs, receipts and histories; it must not change, and holds no secret.</summary>
    public required string Name { get; init; }

    /// <summary>Where alerts go.</summary>
    public required IAlertSink Sink { get; init; }

    /// <summary>Whether an undelivered alert makes the run fail in a way of its own. It never changes the recommendation.</summary>
    public bool Required { get; init; }

    /// <summary>The least urgent alert this route is for.</summary>
    /// <value>Default: warnings, so everything.</value>
    public AlertSeverity Least { get; init; } = AlertSeverity.Warning;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
