namespace SafetyRegression;

/// <summary>What an alert is about.</summary>
public enum AlertKind
{
    /// <summary>The model lost safety.</summary>
    Regression = 0,

    /// <summary>The data do not clear the model.</summary>
    NotCleared = 1,

    /// <summary>The check itself could not be made.</summary>
    Incomplete = 2,

    /// <summary>The judge labels fixed answers otherwise than it did.</summary>
    JudgeDrift = 3,

    /// <summary>A control chart went out of its limits.</summary>
    Drift = 4,

    /// <summary>The model may be deployed and must be watched.</summary>
    Monitoring = 5,

    /// <summary>All is well again.</summary>
    Recovery = 6,
}
