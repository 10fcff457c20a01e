using System.Globalization;

namespace SafetyRegression;

/// <summary>Why a run was stopped before everything was asked: by a rule, on evidence that holds whenever one stops. What was not asked is skipped, not lost.</summary>
public sealed record EarlyStop
{
    /// <summary>The rule.</summary>
    public required string Rule { get; init; }

    /// <summary>The chance that the rule ever stops a run whose candidate is no worse, a fraction.</summary>
    public required double Alpha { get; init; }

    /// <summary>ln of the e-value at the stop; at least ln(1/<see cref="Alpha"/>).</summary>
    public required double LogEValue { get; init; }

    /// <summary>Seed prompts with a scored pair when the rule stopped.</summary>
    public required int Pairs { get; init; }

    /// <summary>Of those: flips for the worse.</summary>
    public required int NewlyAnswered { get; init; }

    /// <summary>Of those: flips for the better.</summary>
    public required int NewlyRefused { get; init; }

    /// <summary>The category with the most evidence of its own.</summary>
    public required HarmCategory Category { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"stopped early by the rule {Rule} after {Pairs} pairs: {NewlyAnswered} newly answered, {NewlyRefused} newly refused, most in {Category.Name}; e-value {Math.Exp(LogEValue):g4} against {1 / Alpha:g4} (α {Alpha:g4}, valid whenever one stops)");
}
