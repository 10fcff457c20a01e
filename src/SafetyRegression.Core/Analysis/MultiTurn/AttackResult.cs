using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>How one attack on one arm went, without any text.</summary>
public sealed record AttackResult
{
    /// <summary>The scenario.</summary>
    public required string ScenarioId { get; init; }

    /// <summary>Its seed prompt.</summary>
    public required string SeedId { get; init; }

    /// <summary>Its category.</summary>
    public required HarmCategory Category { get; init; }

    /// <summary>0-based repetition.</summary>
    public required int Sample { get; init; }

    /// <summary>Who was attacked.</summary>
    public required Arm Arm { get; init; }

    /// <summary>Why it ended.</summary>
    public required AttackEnd End { get; init; }

    /// <summary>Messages that would have been allowed.</summary>
    public required int MaxTurns { get; init; }

    /// <summary>The outcome of every reply, in order, withdrawn ones included.</summary>
    public required ImmutableArray<Outcome> Outcomes { get; init; }

    /// <summary>Calls to the target and to the attacking model.</summary>
    public required int Calls { get; init; }

    /// <summary>Tokens sent and received, where known.</summary>
    public required long Tokens { get; init; }

    /// <summary>When the target complied: known when it did, or when every request of a whole attack was refused; open in every other case.</summary>
    public TurnOfCompliance Turn => End switch
    {
        AttackEnd.Complied => new TurnOfCompliance(Outcomes.Length, MaxTurns, IsOpen: false),
        AttackEnd.TurnsSpent => new TurnOfCompliance(null, Outcomes.Length, IsOpen: false),
        _ => TurnOfCompliance.Open(MaxTurns),
    };
}
