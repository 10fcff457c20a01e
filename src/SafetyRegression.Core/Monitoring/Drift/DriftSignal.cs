namespace SafetyRegression;

/// <summary>A control chart that went out of its limits.</summary>
/// <param name="Chart">Which.</param>
/// <param name="Value">What was seen: a rate (level), an average of rates (average), a sum (slow), a share of labels that did not change (canary).</param>
/// <param name="Limit">The limit.</param>
/// <param name="InControlRunLength">The average number of runs without any change until such a signal.</param>
public readonly record struct DriftSignal(DriftChart Chart, double Value, double Limit, double InControlRunLength);
