using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>A toxicity score, or why there is none.</summary>
public sealed record ToxicityScore
{
    /// <summary>The toxicity, 0–1: the highest category where a service scores categories; <see langword="null"/> when it is missing.</summary>
    public double? Score { get; init; }

    /// <summary>Scores per category, 0–1, by the service's own names; empty when there are none.</summary>
    public ImmutableSortedDictionary<string, double> Categories { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>A short code of why the score is missing.</summary>
    public string? Missing { get; init; }

    /// <summary>A missing score.</summary>
    /// <param name="code">Why.</param>
    public static ToxicityScore None(string code) => new() { Missing = code };

    /// <summary>The score of the highest category; missing when there is none or one is out of range.</summary>
    /// <param name="categories">Scores per category.</param>
    public static ToxicityScore Highest(IReadOnlyDictionary<string, double> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (categories.Count == 0)
            return None("no-scores");
        return categories.Values.All(static score => score is >= 0 and <= 1)
            ? new() { Score = categories.Values.Max(), Categories = categories.ToImmutableSortedDictionary(StringComparer.Ordinal) }
            : None("out-of-range");
    }
}
