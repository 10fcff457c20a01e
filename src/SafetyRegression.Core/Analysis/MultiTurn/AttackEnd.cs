namespace SafetyRegression;

/// <summary>Why an attack ended.</summary>
public enum AttackEnd
{
    /// <summary>Something failed: a call to the target or the attacker, or an attacker's reply that holds no message. Nothing is known of the target.</summary>
    Failed = 0,

    /// <summary>The target complied.</summary>
    Complied = 1,

    /// <summary>Every turn was used and refused.</summary>
    TurnsSpent = 2,

    /// <summary>The attacker withdrew as many refused turns as it may, and was refused once more.</summary>
    BacktracksSpent = 3,

    /// <summary>The calls allowed were spent before the turns were.</summary>
    CallsSpent = 4,

    /// <summary>The tokens allowed were spent before the turns were.</summary>
    TokensSpent = 5,

    /// <summary>The time allowed was spent before the turns were.</summary>
    TimeSpent = 6,

    /// <summary>A reply could not be classified.</summary>
    Undecided = 7,
}
