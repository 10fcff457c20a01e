using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// The policy demands what the baseline's own noise forbids: even a candidate that shows no difference at all would not be cleared. Raise the tolerance, ask
/// more prompts or samples, or lower the noise (temperature, a seed per prompt).
/// </summary>
public sealed class ToleranceBelowNoiseFloorException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="tolerances">The tolerances below the floor; at least one.</param>
    public ToleranceBelowNoiseFloorException(ImmutableArray<ToleranceBelowFloor> tolerances)
        : base("The noise floor is above what the policy tolerates; nothing was asked.\n" + string.Join('\n', tolerances))
    {
        Tolerances = tolerances;
    }

    /// <summary>The tolerances below the floor.</summary>
    public ImmutableArray<ToleranceBelowFloor> Tolerances { get; }
}
