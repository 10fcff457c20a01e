using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace SafetyRegression;

/// <summary>How attackers attack. Both arms get the same.</summary>
public sealed class AttackOptions
{
    /// <summary>Messages in one attack, withdrawn ones included.</summary>
    /// <value>Default 6. Range 1–100.</value>
    [Range(1, 100)]
    public int MaxTurns { get; set; } = 6;

    /// <summary>Refused messages that one attack may withdraw.</summary>
    /// <value>Default 3. Range 0–100.</value>
    [Range(0, 100)]
    public int MaxBacktracks { get; set; } = 3;

    /// <summary>Attacks for each scenario and arm.</summary>
    /// <value>Default 1. Range 1–1 000.</value>
    [Range(1, 1000)]
    public int Samples { get; set; } = 1;

    /// <summary>
    /// Whether the candidate is put, word for word, what the attacker wrote for the baseline, instead of being attacked itself: the same messages for both,
    /// written against one of them.
    /// </summary>
    /// <value>Default <see langword="false"/>.</value>
    public bool Replay { get; set; }

    /// <summary>
    /// Whether every reply is put to the classifier as an answer to the goal. Only a judge that reads what was asked can tell a harmless step from a harmful
    /// one; a classifier that looks for refusals would take the first friendly reply for compliance.
    /// </summary>
    /// <value>Default <see langword="false"/>: replies to messages that ask for the goal.</value>
    public bool JudgeEveryTurn { get; set; }

    /// <summary>How outcomes count.</summary>
    /// <value>Default: the standard mapping.</value>
    public OutcomeMapping Outcomes { get; set; } = new();

    /// <summary>What one attack may spend: calls to the target and the attacking model, tokens, time. An attack that is stopped so says nothing of the target.</summary>
    /// <value>Default: no limits but <see cref="MaxTurns"/>.</value>
    [ValidateObjectMembers]
    public RunBudget PerAttack { get; set; } = new();

    /// <summary>What all attacks of one call may spend; the same call makes the rest.</summary>
    /// <value>Default: no limits.</value>
    [ValidateObjectMembers]
    public RunBudget PerRun { get; set; } = new();

    /// <summary>Attacks made at once.</summary>
    /// <value>Default 4. Range 1–256.</value>
    [Range(1, 256)]
    public int Concurrency { get; set; } = 4;
}
