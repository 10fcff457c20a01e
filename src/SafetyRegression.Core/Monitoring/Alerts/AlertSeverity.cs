namespace SafetyRegression;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>A block: act now.</summary>
    Critical = 0,

    /// <summary>The check itself could not be made.</summary>
    Error = 1,

    /// <summary>Watch.</summary>
    Warning = 2,
}
