namespace SafetyRegression;

/// <summary>What an alert route was last told successfully.</summary>
/// <param name="Route">The route's name.</param>
/// <param name="Severity">The severity of the open alert; <see langword="null"/> when it was resolved.</param>
/// <param name="At">When (UTC).</param>
public sealed record AlertState(string Route, AlertSeverity? Severity, DateTimeOffset At);
