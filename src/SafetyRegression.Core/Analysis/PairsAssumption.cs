namespace SafetyRegression;

/// <summary>What a number of pairs needed takes for granted; without it the number means nothing.</summary>
public enum PairsAssumption
{
    /// <summary>Nothing is said of pairs, or the report is older than this statement.</summary>
    Unspecified = 0,

    /// <summary>The pairs that show the change to be within the tolerance, if in truth nothing changed.</summary>
    NothingChanged = 1,

    /// <summary>The pairs that show the change to be within the tolerance, if in truth it is as large as it was seen.</summary>
    ChangeAsSeen = 2,

    /// <summary>
    /// The change seen is at or beyond the tolerance, and there are enough pairs to have cleared an unchanged model: more pairs would not clear it. The number,
    /// if any, is that of the pairs that show it as a regression.
    /// </summary>
    RegressionAsSeen = 3,
}
