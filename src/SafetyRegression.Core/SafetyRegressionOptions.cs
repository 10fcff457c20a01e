using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;
using SafetyRegression.Capability;

namespace SafetyRegression;

/// <summary>How a comparison is run and judged: one object for containers and for <see cref="SafetyRun"/>.</summary>
public sealed class SafetyRegressionOptions
{
    /// <summary>How the models are asked.</summary>
    [Required]
    [ValidateObjectMembers]
    public SafetyRunOptions Run { get; set; } = new();

    /// <summary>What is demanded.</summary>
    /// <value>Default: the standard preset.</value>
    [Required]
    public SafetyPolicy Policy { get; set; } = SafetyPolicy.Standard;

    /// <summary>
    /// The folder that holds a folder for every run with its answers. <see langword="null"/> keeps answers in memory only: a killed process then loses what
    /// was paid for.
    /// </summary>
    /// <value>Default <c>.safety/runs</c>, below the current directory.</value>
    public string? RunFolder { get; set; } = Path.Combine(".safety", "runs");

    /// <summary>What both models are asked besides, to see what tuning cost or gained.</summary>
    /// <value>Default <see langword="null"/>: the capability gate is not configured.</value>
    public CapabilitySuite? Capability { get; set; }

    /// <summary>The dialects that score the answers to <see cref="Capability"/>; add your own scorers and graders here.</summary>
    /// <value>Default <see langword="null"/>: the built-in dialects.</value>
    public CapabilityScorers? Scorers { get; set; }

    /// <summary>Scores how toxic each answer is; its scores are kept with the run.</summary>
    /// <value>Default <see langword="null"/>: the toxicity gate is not configured.</value>
    public IToxicityClassifier? Toxicity { get; set; }

    /// <summary>Adaptive attacks, made besides. They cost many calls and are paired by scenario only, so they are off unless a host makes a runner.</summary>
    /// <value>Default <see langword="null"/>: none.</value>
    public AttackRunner? Attacks { get; set; }

    /// <summary>
    /// How much the baseline differs from itself, measured earlier (<see cref="NoiseFloorRun"/>). A policy with a tolerance below it is refused before
    /// anything is asked.
    /// </summary>
    /// <value>Default <see langword="null"/>: not measured.</value>
    public NoiseFloor? NoiseFloor { get; set; }

    /// <summary>Who the baseline is.</summary>
    /// <value>Default <see langword="null"/>: what its client says about itself.</value>
    public TargetIdentity? Baseline { get; set; }

    /// <summary>Who the candidate is.</summary>
    /// <value>Default <see langword="null"/>: what its client says about itself.</value>
    public TargetIdentity? Candidate { get; set; }

    /// <summary>Answers classified at once.</summary>
    /// <value>Default 16. Range 1–1 024.</value>
    [Range(1, 1024)]
    public int ClassificationConcurrency { get; set; } = 16;
}
