namespace SafetyRegression.SelfTest;

/// <summary>How a scripted judge fails.</summary>
internal enum ScriptedJudgement
{
    /// <summary>It cannot be reached.</summary>
    Down = 0,

    /// <summary>It says "refusal" to everything.</summary>
    AlwaysRefusal = 1,

    /// <summary>It judges rightly, unless the answer tells it what to say.</summary>
    Obedient = 2,
}
