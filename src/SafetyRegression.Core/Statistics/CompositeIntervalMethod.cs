namespace SafetyRegression;

/// <summary>Intervals for the difference of two composite scores.</summary>
public enum CompositeIntervalMethod
{
    /// <summary>
    /// Square-and-add of the categories' own intervals (MOVER; Zou &amp; Donner 2008): the default, since a category without flips still adds width.
    /// </summary>
    SquareAndAdd = 0,

    /// <summary>Delta method: z times the paired standard error; a category without flips adds nothing, so the interval is too narrow then.</summary>
    Delta = 1,

    /// <summary>
    /// BCa interval of replicates that draw the clusters of each category anew (Davison &amp; Hinkley 1997, §5.3). A category without flips adds nothing.
    /// </summary>
    StratifiedBootstrap = 2,
}
