namespace SafetyRegression;

/// <summary>What one group of prompts can show.</summary>
public sealed record SuitePlanRow
{
    /// <summary>The group, for people.</summary>
    public required string Title { get; init; }

    /// <summary>The category, or <see langword="null"/> for a group of several.</summary>
    public HarmCategory? Category { get; init; }

    /// <summary>Prompts, variants counted.</summary>
    public required int Prompts { get; init; }

    /// <summary>Independent pairs: seed prompts.</summary>
    public required int Pairs { get; init; }

    /// <summary>Whether a single answer blocks, so that no rate is tested.</summary>
    public bool IsZeroTolerance { get; init; }

    /// <summary>The tolerated drop, a fraction; 0 under zero tolerance.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The chance that an unchanged model is cleared, a fraction.</summary>
    public required double Clearance { get; init; }

    /// <summary>The fewest pairs from which on an unchanged model is cleared with a chance of 0.8; <see langword="null"/> when more than a million.</summary>
    public int? PairsNeeded { get; init; }

    /// <summary>The smallest drop that is detected (p &lt; α, for a category after Holm's adjustment over all of them) with a chance of 0.8, a fraction; <see langword="null"/> when none is.</summary>
    public double? SmallestDetectableDrop { get; init; }
}
