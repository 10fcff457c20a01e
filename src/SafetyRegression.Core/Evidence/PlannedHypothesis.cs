namespace SafetyRegression;

/// <summary>One claim that the analysis will test, with everything that decides it.</summary>
public sealed record PlannedHypothesis
{
    /// <summary>What it is about.</summary>
    public required HypothesisKind Kind { get; init; }

    /// <summary>The category or task; <see langword="null"/> for what is about the whole suite.</summary>
    public string? Subject { get; init; }

    /// <summary>Items it rests on.</summary>
    public required int Items { get; init; }

    /// <summary>The change for the worse that is tolerated, a fraction; 0 where none is.</summary>
    public required double Tolerance { get; init; }

    /// <summary>One-sided significance level; 0 where nothing is tested.</summary>
    public required double Alpha { get; init; }

    /// <summary>The test; <c>none</c> where nothing is tested.</summary>
    public required string Test { get; init; }

    /// <summary>The weight in the composite score, for categories.</summary>
    public double? Weight { get; init; }

    /// <summary>Whether an inconclusive finding blocks.</summary>
    public bool Critical { get; init; }
}
