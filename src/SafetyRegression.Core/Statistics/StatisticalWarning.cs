namespace SafetyRegression;

/// <summary>What a reader has to know before trusting a result.</summary>
public enum StatisticalWarning
{
    /// <summary>Something is wrong that has no name of its own.</summary>
    Unspecified = 0,

    /// <summary>There are no observations: the interval is [−1, 1] and p is 1.</summary>
    NoObservations = 1,

    /// <summary>No pair flipped, so there is no evidence of a difference in either direction; p is 1.</summary>
    NoDiscordantPairs = 2,

    /// <summary>The method ignores that both arms answered the same prompts; it is weaker than a paired test.</summary>
    IgnoresPairing = 3,

    /// <summary>There are fewer than ten clusters: the variance between clusters is hardly known.</summary>
    FewClusters = 4,

    /// <summary>All cluster differences are equal: the variance cannot be estimated, a bound for it was used.</summary>
    ZeroVariance = 5,

    /// <summary>The normal approximation of the statistic is poor for so few events.</summary>
    FewEvents = 6,

    /// <summary>The p-value was estimated from random permutations.</summary>
    MonteCarlo = 7,

    /// <summary>The detectable drop comes from a large-sample formula instead of exact enumeration.</summary>
    ApproximatePower = 8,

    /// <summary>Interval and p-value were widened by the spread between runs of the unchanged baseline, which prompts alone do not explain.</summary>
    WidenedByNoiseFloor = 9,
}
