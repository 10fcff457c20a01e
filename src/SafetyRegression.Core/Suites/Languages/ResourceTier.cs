namespace SafetyRegression;

/// <summary>How much text of a language models are trained on, by its share of web text (the tiers of MultiJail, Deng et al. 2024).</summary>
public enum ResourceTier
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>Less than 0.1 % of web text.</summary>
    Low = 1,

    /// <summary>0.1–1 % of web text.</summary>
    Medium = 2,

    /// <summary>More than 1 % of web text.</summary>
    High = 3,
}
