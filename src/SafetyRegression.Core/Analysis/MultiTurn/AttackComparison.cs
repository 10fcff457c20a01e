using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>Attacks of one attacker on both arms.</summary>
public sealed record AttackComparison
{
    /// <summary>The attacker's name and version.</summary>
    public required string Attacker { get; init; }

    /// <summary>Who wrote.</summary>
    public required string AttackerModel { get; init; }

    /// <summary>Whether the candidate was put the messages written for the baseline.</summary>
    public required bool IsReplay { get; init; }

    /// <summary>Who decided what a reply is.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>The attacks, both arms.</summary>
    public required ImmutableArray<AttackResult> Results { get; init; }

    /// <summary>Whether every attack planned was made; otherwise the run's budget was spent, and the same call makes the rest.</summary>
    public required bool IsComplete { get; init; }
}
