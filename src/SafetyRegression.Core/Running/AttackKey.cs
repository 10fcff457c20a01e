namespace SafetyRegression.Running;

/// <summary>Which attack.</summary>
internal readonly record struct AttackKey(string Attacker, string ScenarioId, int Sample, Arm Arm);
