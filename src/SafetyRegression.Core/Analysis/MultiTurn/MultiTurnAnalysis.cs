using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What conversations of several turns say.</summary>
public sealed record MultiTurnAnalysis
{
    /// <summary>The scripted ladders of the suite: the same user turns for both arms. They enter the findings per category too.</summary>
    public MultiTurnFinding? Scripted { get; init; }

    /// <summary>
    /// Conversations that attackers wrote, one finding for each. They are paired by scenario but not equal in their words, and enter no other finding.
    /// </summary>
    public ImmutableArray<AttackFinding> Adaptive { get => field.IsDefault ? [] : field; init; }
}
