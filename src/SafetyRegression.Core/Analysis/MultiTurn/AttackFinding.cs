using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What adaptive attacks of one kind say.</summary>
public sealed record AttackFinding
{
    /// <summary>The attacker's name and version, such as <c>crescendo@1</c>.</summary>
    public required string Attacker { get; init; }

    /// <summary>Who wrote the attacks: the fingerprint of the model behind the attacker.</summary>
    public required string AttackerModel { get; init; }

    /// <summary>Whether the candidate was put the user's turns that the attacker wrote for the baseline, instead of being attacked itself.</summary>
    public required bool IsReplay { get; init; }

    /// <summary>When the arms complied.</summary>
    public required MultiTurnFinding Turns { get; init; }

    /// <summary>Why attacks on the baseline ended, counted.</summary>
    public required ImmutableSortedDictionary<AttackEnd, int> BaselineEnds { get; init; }

    /// <summary>Why attacks on the candidate ended, counted.</summary>
    public required ImmutableSortedDictionary<AttackEnd, int> CandidateEnds { get; init; }
}
