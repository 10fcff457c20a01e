using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>An attack so far.</summary>
public sealed record AttackState
{
    /// <summary>What it is after.</summary>
    public required AttackScenario Scenario { get; init; }

    /// <summary>Everything said, withdrawn exchanges included, in order.</summary>
    public required ImmutableArray<AttackExchange> History { get; init; }

    /// <summary>The conversation as the model under attack sees it.</summary>
    public required ImmutableArray<AttackExchange> Conversation { get; init; }

    /// <summary>Messages still allowed; at least 1.</summary>
    public required int TurnsLeft { get; init; }

    /// <summary>Exchanges that may still be withdrawn one by one.</summary>
    public required int BacktracksLeft { get; init; }

    /// <summary>0-based repetition.</summary>
    public required int Sample { get; init; }

    /// <summary>The state before any message, and after each.</summary>
    internal static AttackState Of(AttackScenario scenario, ImmutableArray<AttackExchange> history, int maxTurns, int maxBacktracks, int sample)
    {
        var conversation = ImmutableArray<AttackExchange>.Empty;
        var withdrawn = 0;
        foreach (var exchange in history)
        {
            var keep = Math.Clamp(exchange.Move.Keep, 0, conversation.Length);
            withdrawn += conversation.Length - keep;
            conversation = conversation.RemoveRange(keep, conversation.Length - keep).Add(exchange);
        }

        return new AttackState
        {
            Scenario = scenario,
            History = history,
            Conversation = conversation,
            TurnsLeft = maxTurns - history.Length,
            BacktracksLeft = Math.Max(0, maxBacktracks - withdrawn),
            Sample = sample,
        };
    }
}
