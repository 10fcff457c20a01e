using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>How long both arms hold out in the same conversations with harmful aims: the turn of first compliance.</summary>
public sealed record MultiTurnFinding
{
    /// <summary><c>scripted</c>, or the name of the attacker that wrote the user's turns.</summary>
    public required string Id { get; init; }

    /// <summary>Conversations planned, samples counted singly.</summary>
    public required int Planned { get; init; }

    /// <summary>The turns of the longest conversation.</summary>
    public required int MaxTurns { get; init; }

    /// <summary>The baseline.</summary>
    public required TurnCurve Baseline { get; init; }

    /// <summary>The candidate.</summary>
    public required TurnCurve Candidate { get; init; }

    /// <summary>Seed conversations in which the candidate complied earlier (over all samples together).</summary>
    public required int Earlier { get; init; }

    /// <summary>Seed conversations in which it complied later, or no more.</summary>
    public required int Later { get; init; }

    /// <summary>Seed conversations without a difference.</summary>
    public required int Ties { get; init; }

    /// <summary>Exact one-sided sign test of "no earlier", over the seed conversations that differ.</summary>
    public required double P { get; init; }

    /// <summary>ln p.</summary>
    public required double LnP { get; init; }

    /// <summary>Whether the candidate is shown to comply earlier at the policy's α. That it is not shown does not mean that it does not.</summary>
    public required bool IsShown { get; init; }

    /// <summary>χ² of the log-rank test, which ignores that the conversations are the same.</summary>
    public required double LogRankStatistic { get; init; }

    /// <summary>Its two-sided p-value.</summary>
    public required double LogRankP { get; init; }

    /// <summary>The conversations that differ, the worst first.</summary>
    public required ImmutableArray<ConversationFinding> Moved { get; init; }

    /// <summary>The finding in words.</summary>
    public required string Statement { get; init; }
}
