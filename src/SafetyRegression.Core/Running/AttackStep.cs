namespace SafetyRegression.Running;

/// <summary>One line of an attack log: a message with its reply, or how the attack ended.</summary>
internal sealed record AttackStep(AttackKey Key, AttackExchange? Exchange, AttackEnd? End, int Calls, long Tokens);
