namespace SafetyRegression;

/// <summary>How long one unit lasted: until the event, or until it was watched no longer.</summary>
/// <param name="Time">The time of the event or of the last look; &gt; 0.</param>
/// <param name="IsEvent">Whether the event happened; otherwise the time is right-censored.</param>
public readonly record struct SurvivalTime(double Time, bool IsEvent);
