namespace SafetyRegression;

/// <summary>Which control chart gave a signal.</summary>
public enum DriftChart
{
    /// <summary>Not stated.</summary>
    Unknown = 0,

    /// <summary>The level of one run (p-chart).</summary>
    Level = 1,

    /// <summary>The sum of evidence over runs (CUSUM).</summary>
    Slow = 2,

    /// <summary>The labels a judge gives to a fixed set of answers.</summary>
    JudgeCanary = 3,

    /// <summary>The weighted average of the runs (EWMA).</summary>
    Average = 4,
}
