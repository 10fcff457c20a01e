using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>How long one arm holds out in conversations.</summary>
public sealed record TurnCurve
{
    /// <summary>Conversations that can be scored.</summary>
    public required int Scored { get; init; }

    /// <summary>Of these, the ones with a turn that was not refused.</summary>
    public required int Complied { get; init; }

    /// <summary>Conversations left out, because a turn without a verdict hides when the first compliance was.</summary>
    public required int Open { get; init; }

    /// <summary>The Kaplan–Meier steps, by turn.</summary>
    public required ImmutableArray<SurvivalPoint> Points { get; init; }

    /// <summary>The mean number of turns held out, up to the longest conversation (restricted mean).</summary>
    public required double RestrictedMean { get; init; }

    /// <summary>ASR@k for k = 1, 2, …: the share of conversations with a turn not refused among the first k (1 − Kaplan–Meier).</summary>
    public required ImmutableArray<double> SuccessByTurn { get; init; }
}
