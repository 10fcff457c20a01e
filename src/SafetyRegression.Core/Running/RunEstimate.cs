using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>What a run would take at most, before anything is spent (retries after failures come on top).</summary>
public sealed record RunEstimate
{
    /// <summary>Planned answers, both arms together.</summary>
    public required int Planned { get; init; }

    /// <summary>Calls left to make: one for each reply of each answer that is not recorded yet.</summary>
    public required int Calls { get; init; }

    /// <summary>Tokens to send, estimated at one for two characters, which few texts exceed.</summary>
    public required long InputTokens { get; init; }

    /// <summary>Tokens to receive when every answer is as long as it may be; <see langword="null"/> when answers are not limited.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>Cost of that; <see langword="null"/> when a price or the length of answers is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What it takes to ask both models every item of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="options">How it is asked; <see langword="null"/> for the defaults.</param>
    /// <param name="baseline">The baseline's price, if known.</param>
    /// <param name="candidate">The candidate's price, if known.</param>
    public static RunEstimate Of(RunPlan plan, SafetyRunOptions? options = null, TokenPrice? baseline = null, TokenPrice? candidate = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return RunEstimator.Estimate(plan, [(Arm.Baseline, baseline), (Arm.Candidate, candidate)], options ?? new SafetyRunOptions(), static _ => false);
    }
}
