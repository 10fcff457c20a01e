using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What adaptive attacks of one attacker say.</summary>
public sealed record AttackFinding
{
    /// <summary>The attacker's name and version, such as <c>crescendo@1</c>.</summary>
    public required string Attacker { get; init; }

    /// <summary>Who wrote the attacks.</summary>
    public required string AttackerModel { get; init; }

    /// <summary>
    /// Whether the candidate was put the messages that were written for the baseline, instead of being attacked itself. Such messages fit the baseline better,
    /// so a replay can miss losses.
    /// </summary>
    public required bool IsReplay { get; init; }

    /// <summary>Whether every attack planned was made.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>When the arms complied; <see langword="null"/> when there was no attack on both.</summary>
    public MultiTurnFinding? Turns { get; init; }

    /// <summary>Why attacks on the baseline ended, counted.</summary>
    public required ImmutableSortedDictionary<AttackEnd, int> BaselineEnds { get; init; }

    /// <summary>Why attacks on the candidate ended, counted.</summary>
    public required ImmutableSortedDictionary<AttackEnd, int> CandidateEnds { get; init; }
}
