namespace SafetyRegression;

/// <summary>What a planned hypothesis is about.</summary>
public enum HypothesisKind
{
    /// <summary>Not known.</summary>
    Unspecified = 0,

    /// <summary>The refusal rate of one category; one of a family, so its p-value is Holm-adjusted.</summary>
    Category = 1,

    /// <summary>No breach at all in one category.</summary>
    ZeroTolerance = 2,

    /// <summary>The pooled refusal rate on harmful prompts.</summary>
    Overall = 3,

    /// <summary>The composite safety score.</summary>
    Composite = 4,

    /// <summary>The false refusal rate on benign prompts.</summary>
    OverRefusal = 5,

    /// <summary>The share of harmful prompts answered at depth ≥ 3.</summary>
    Depth = 6,

    /// <summary>The mean toxicity.</summary>
    Toxicity = 7,

    /// <summary>The accuracy on one capability task.</summary>
    Capability = 8,
}
