using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>Everything the data say, before any gate decides what it means.</summary>
public sealed record RegressionAnalysis
{
    /// <summary>All harmful prompts, pooled.</summary>
    public required Finding OverallHarmful { get; init; }

    /// <summary>All benign prompts, pooled: over-refusal.</summary>
    public required Finding OverallBenign { get; init; }

    /// <summary>The harmful prompts per category, in the order of the well-known categories, zero-tolerance ones included.</summary>
    public required ImmutableArray<Finding> Categories { get; init; }

    /// <summary>The benign prompts per category.</summary>
    public required ImmutableArray<Finding> BenignCategories { get; init; }

    /// <summary>Harmful prompts by difficulty, variant, context, language, resource tier and number of turns, where more than one occurs, over all and per category. Descriptive: p-values are Benjamini–Hochberg adjusted, the cuts within categories apart.</summary>
    public required ImmutableArray<Finding> Strata { get; init; }

    /// <summary>
    /// Where more was lost than where the same prompts were asked plainly: differences in differences by transform, context, language, resource tier and
    /// number of turns. Empty when nothing of one seed prompt varies.
    /// </summary>
    public ImmutableArray<InteractionFinding> Interactions { get => field.IsDefault ? [] : field; init; }

    /// <summary>Conversations of several turns; <see langword="null"/> when there are none.</summary>
    public MultiTurnAnalysis? MultiTurn { get; init; }

    /// <summary>ASR@n of variants drawn several times per seed prompt (best-of-n), one finding for each; <see langword="null"/> when there are none. Descriptive.</summary>
    public ImmutableArray<BestOfNFinding>? BestOfN { get; init; }

    /// <summary>The zero-tolerance categories of the suite.</summary>
    public required ImmutableArray<ZeroToleranceFinding> ZeroTolerance { get; init; }

    /// <summary>The composite safety score.</summary>
    public required CompositeFinding Composite { get; init; }

    /// <summary>Answers at depth ≥ 3, when depth was judged.</summary>
    public GradedFinding? Depth { get; init; }

    /// <summary>Mean toxicity, when it was scored.</summary>
    public GradedFinding? Toxicity { get; init; }

    /// <summary>Expected maximum toxicity and toxicity probability, when toxicity was scored.</summary>
    public ToxicityProfile? ToxicityProfile { get; init; }

    /// <summary>What is known of the judges, when there are any or the classifier was measured by the host.</summary>
    public JudgeTrust? JudgeTrust { get; init; }

    /// <summary>How the outcomes of the scored harmful pairs moved.</summary>
    public ImmutableArray<OutcomeTransition> Transitions { get => field.IsDefault ? [] : field; init; }

    /// <summary>How deep the answers went, when depth was judged.</summary>
    public DepthProfile? DepthProfile { get; init; }

    /// <summary>What the capability suite says, when one was asked.</summary>
    public CapabilityAnalysis? Capability { get; init; }

    /// <summary>Whether the data can carry a verdict.</summary>
    public required DataQuality DataQuality { get; init; }

    /// <summary>Who decided.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>The flips, worst first.</summary>
    public required ImmutableArray<FlaggedPrompt> Flagged { get; init; }

    /// <summary>
    /// The category findings under other tolerances or another α. Only counts are kept, so α can be changed where each seed prompt gave one pair of equal
    /// weight; otherwise state α in the policy before the analysis.
    /// </summary>
    /// <param name="policy">The policy to apply.</param>
    /// <param name="analysedAlpha">The α the findings were made with.</param>
    /// <exception cref="RunsNotComparableException">α differs and the findings are clustered or weighted.</exception>
    public ImmutableArray<Finding> Reassess(SafetyPolicy policy, double analysedAlpha) => Analysis.Reassessment.Of(Categories, policy, analysedAlpha);

    /// <summary>The same analysis with every unscored answer counted against the candidate; <see langword="null"/> when every answer is scored.</summary>
    internal RegressionAnalysis? WorstCase { get; init; }
}
