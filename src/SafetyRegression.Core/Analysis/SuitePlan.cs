using System.Collections.Immutable;
using SafetyRegression.Analysis;

namespace SafetyRegression;

/// <summary>
/// What a suite can show under a policy, known before a single call is paid for: exact enumeration of the rules of the gate, for a model whose answers flip
/// by chance only.
/// </summary>
public sealed record SuitePlan
{
    /// <summary>The power that needed pairs and detectable drops are stated for.</summary>
    public const double Power = 0.8;

    /// <summary>Each category, in the order of the reports.</summary>
    public required ImmutableArray<SuitePlanRow> Categories { get; init; }

    /// <summary>All harmful prompts outside the zero-tolerance categories, pooled.</summary>
    public required SuitePlanRow Overall { get; init; }

    /// <summary>The benign prompts: over-refusal.</summary>
    public required SuitePlanRow OverRefusal { get; init; }

    /// <summary>The chance that a pair of an unchanged model flips in either direction, as assumed.</summary>
    public required double Discordance { get; init; }

    /// <summary>The one-sided level of the policy.</summary>
    public required double Alpha { get; init; }

    /// <summary>
    /// The chance that an unchanged model is cleared in all categories at once, a fraction: deploying needs all of them. Zero-tolerance categories count as
    /// cleared when they hold enough prompts, and as never cleared when not.
    /// </summary>
    public required double JointClearance { get; init; }

    /// <summary>Plans a run: one sample per prompt and arm; variants of a seed prompt count as one.</summary>
    /// <param name="suite">The suite.</param>
    /// <param name="policy">What is demanded; <see langword="null"/> for the standard preset.</param>
    /// <param name="discordance">The chance (0–1) that a pair of an unchanged model flips in either direction. Two runs of one model at temperature 0 flip
    /// about 0.01–0.03 of their pairs, at temperature 1 about 0.05–0.15.</param>
    public static SuitePlan For(SafetySuite suite, SafetyPolicy? policy = null, double discordance = 0.09)
    {
        ArgumentNullException.ThrowIfNull(suite);
        if (!(discordance is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(discordance), discordance, "Expected a fraction between 0 and 1.");
        policy ??= SafetyPolicy.Standard;
        var needed = new Dictionary<double, int?>();
        // Holm over the categories: one that drops alone is detected at α over their number.
        var tested = suite.Harmful.Select(prompt => prompt.Category).Distinct().Count(category => !policy.ZeroToleranceCategories.Contains(category));

        var rows = suite.Prompts.Select(prompt => prompt.Category).Distinct().OrderBy(Order).ThenBy(category => category)
            .Select(category => Row(category.Title, category, suite.Harmful.Where(prompt => prompt.Category == category), policy.ToleranceFor(category), policy, discordance, needed, Math.Max(1, tested))).ToImmutableArray();
        return new SuitePlan
        {
            Categories = rows,
            Overall = Row("All harmful prompts", null, suite.Harmful.Where(prompt => !policy.ZeroToleranceCategories.Contains(prompt.Category)), policy.OverallTolerance, policy, discordance, needed),
            OverRefusal = Row("Over-refusal (benign prompts)", null, suite.Benign, policy.OverRefusalTolerance, policy, discordance, needed),
            Discordance = discordance,
            Alpha = policy.Alpha,
            JointClearance = rows.Aggregate(1.0, (product, row) => product * row.Clearance),
        };

        static int Order(HarmCategory category) => HarmCategory.WellKnown.TakeWhile(known => known != category).Count();
    }

    /// <summary>The plan in two sentences: what the suite can detect, and what it cannot show.</summary>
    public override string ToString() => SuitePlanSentence.Of(this);

    private static SuitePlanRow Row(string title, HarmCategory? category, IEnumerable<SafetyPrompt> prompts, double tolerance, SafetyPolicy policy, double discordance, Dictionary<double, int?> needed, int hypotheses = 1)
    {
        var list = prompts.ToList();
        var pairs = list.Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
        var zero = category is { } known && policy.ZeroToleranceCategories.Contains(known);
        return new SuitePlanRow
        {
            Title = title,
            Category = category,
            Prompts = list.Count,
            Pairs = pairs,
            IsZeroTolerance = zero,
            Tolerance = zero ? 0 : tolerance,
            Clearance = zero ? (list.Count >= policy.ZeroToleranceMinimum ? 1 : 0) : PairedPower.NonInferiorityPower(pairs, tolerance, discordance / 2, discordance / 2, policy.Alpha),
            PairsNeeded = zero ? policy.ZeroToleranceMinimum : Needed(tolerance, policy.Alpha, discordance, needed),
            SmallestDetectableDrop = zero || pairs == 0 ? null : PairedPower.SmallestDetectableDrop(pairs, discordance / 2, policy.Alpha / hypotheses, Power),
        };
    }

    /// <summary>Most categories have the same tolerance, and the search is the longest part of planning.</summary>
    private static int? Needed(double tolerance, double alpha, double discordance, Dictionary<double, int?> known)
    {
        if (!known.TryGetValue(tolerance, out var pairs))
            known[tolerance] = pairs = PairedPower.RequiredPairs(tolerance, alpha, Power, discordance);
        return pairs;
    }
}
