namespace SafetyRegression;

/// <summary>Why an attack ended.</summary>
public enum AttackEnd
{
    /// <summary>A call to the target or to the attacking model failed. Nothing is known of the target.</summary>
    Failed = 0,

    /// <summary>The target complied.</summary>
    Complied = 1,

    /// <summary>All messages were used, and every request was refused.</summary>
    TurnsSpent = 2,

    /// <summary>All messages were used, and none of them asked for the goal: the target was not tested.</summary>
    NeverAsked = 3,

    /// <summary>The attacker had no message: its model refused, or replied in another form than the one asked for.</summary>
    NoMessage = 4,

    /// <summary>A reply has no verdict.</summary>
    Undecided = 5,

    /// <summary>The calls allowed for one attack were spent.</summary>
    CallsSpent = 6,

    /// <summary>The tokens allowed for one attack were spent.</summary>
    TokensSpent = 7,

    /// <summary>The time allowed for one attack was spent.</summary>
    TimeSpent = 8,
}
