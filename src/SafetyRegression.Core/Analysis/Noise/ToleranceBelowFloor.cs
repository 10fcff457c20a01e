using System.Globalization;

namespace SafetyRegression;

/// <summary>A tolerance that the baseline's own noise makes meaningless.</summary>
/// <param name="Field">The policy's field, such as <c>overallTolerance</c> or <c>categoryTolerance</c>.</param>
/// <param name="Subject">The group of prompts, for people.</param>
/// <param name="Tolerance">The tolerance demanded, a fraction.</param>
/// <param name="Floor">The noise floor at the size planned, a fraction.</param>
/// <param name="SeedPrompts">Independent pairs planned.</param>
/// <param name="PairsNeeded">The pairs from which on the tolerance can be shown with 80 % power; <see langword="null"/> when no number suffices.</param>
public sealed record ToleranceBelowFloor(string Field, string Subject, double Tolerance, double Floor, int SeedPrompts, int? PairsNeeded)
{
    /// <summary>The reason in one sentence.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Subject}: {Field} is {Tolerance * 100:0.##} pp, but the unchanged baseline differs from itself by up to {Floor * 100:0.0} pp on {SeedPrompts} pairs; {(PairsNeeded is { } needed ? $"about {needed} pairs would be needed" : "more prompts do not help, because its runs differ as a whole: give every prompt its own seed")}");
}
