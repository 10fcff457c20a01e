namespace SafetyRegression;

/// <summary>A person's decision to pin a received baseline.</summary>
public sealed record BaselineAcceptance
{
    /// <summary>Who decides.</summary>
    public required string By { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The last day (UTC) on which it holds; <see langword="null"/> for no end.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Accepts a run whose report recommends to block.</summary>
    public bool AgainstAdvice { get; init; }

    /// <summary>Accepts inside a continuous-integration job, where nothing is accepted otherwise.</summary>
    public bool InContinuousIntegration { get; init; }
}
