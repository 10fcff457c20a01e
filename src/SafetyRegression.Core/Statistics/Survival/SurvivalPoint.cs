namespace SafetyRegression;

/// <summary>One step of a Kaplan–Meier curve: a time at which something happened.</summary>
/// <param name="Time">The time.</param>
/// <param name="AtRisk">Units without the event and under observation just before.</param>
/// <param name="Events">Events at this time.</param>
/// <param name="Survival">The share still without the event after it.</param>
public readonly record struct SurvivalPoint(double Time, int AtRisk, int Events, double Survival);
