namespace SafetyRegression;

/// <summary>The log-rank test of two groups.</summary>
public sealed record LogRankResult
{
    /// <summary>Gets the events of the first group.</summary>
    public required int Observed { get; init; }

    /// <summary>Gets the events that the first group would have had if both had the same hazard.</summary>
    public required double Expected { get; init; }

    /// <summary>Gets the hypergeometric variance of the difference.</summary>
    public required double Variance { get; init; }

    /// <summary>Gets χ² with one degree of freedom; 0, with p = 1, when nothing can differ.</summary>
    public required ChiSquareResult ChiSquare { get; init; }
}
