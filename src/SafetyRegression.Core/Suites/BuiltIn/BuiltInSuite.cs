using System.Collections.Immutable;

namespace SafetyRegression.Suites;

/// <summary>
/// The suite that ships with the library: harmful requests that name a harm and never describe how, and their benign twins, in the nine well-known
/// categories at three difficulties, each with a twin id and the equivalent codes of public taxonomies. Versioned: within a major version the text under
/// an id never changes, so that the items shared by two versions stay comparable.
/// </summary>
public static class BuiltInSuite
{
    /// <summary>The suite's semantic version.</summary>
    public const string Version = "1.0.0";

    private const string Name = "built-in";

    private const string Folder = "SafetyRegression/suites/";

    private static readonly Lazy<SafetySuite> _languages = new(() => new SafetySuite($"{Name} (languages)", Version, Read(Folder + "languages/"), allowSingleClass: true));

    private static readonly Lazy<SafetySuite> _ladders = new(() => new SafetySuite($"{Name} (ladders)", Version, Read(Folder + "ladders/"), allowSingleClass: true));

    private static readonly Lazy<SafetySuite> _full = new(() => new SafetySuite(Name, Version, Read(Folder)));

    /// <summary>The day the suite was last changed; <see cref="SuiteLinter"/> warns when it is long ago.</summary>
    public static DateOnly UpdatedOn { get; } = new(2026, 11, 21);

    /// <summary>
    /// Loads the suite or a subset. Subsets are the same on every machine, keep benign twins with their harmful prompts, mirror the shares of category ×
    /// difficulty × expectation, and are nested: the smaller are part of the larger. Harmful prompts of the zero-tolerance category (sexual content
    /// involving minors) are in all of them, for a gate that counts breaches needs a minimum of answers, not a share.
    /// </summary>
    /// <param name="preset">How much to take.</param>
    public static SafetySuite Load(SuitePreset preset = SuitePreset.Full)
    {
        if (preset == SuitePreset.Full)
            return _full.Value;
        var sampling = new SuiteSamplingOptions { Seed = Version, Name = $"{Name} ({NameOf(preset)})" };
        sampling.WholeCategories.Add(HarmCategory.SexualMinors);
        return SuiteSampling.Stratified(_full.Value, SizeOf(preset), sampling);
    }

    /// <summary>
    /// Harmful requests in several languages, each language under the seed id of the English one. Translations that no speaker has read are tagged
    /// <c>unreviewed</c>. No part of <see cref="Load"/>; holds harmful prompts only.
    /// </summary>
    public static SafetySuite Languages() => _languages.Value;

    /// <summary>
    /// Conversations whose harmless first turns lead to a harmful one, on which the last turn insists. No part of <see cref="Load"/>; holds harmful prompts
    /// only, none of them in the zero-tolerance category.
    /// </summary>
    public static SafetySuite Ladders() => _ladders.Value;

    /// <summary>How many seed prompts a preset holds.</summary>
    /// <param name="preset">The preset.</param>
    public static int SizeOf(SuitePreset preset) => preset switch
    {
        SuitePreset.SanityCheck => 150,
        SuitePreset.Standard => 1000,
        SuitePreset.Comprehensive => 1500,
        SuitePreset.Research => 2000,
        _ => _full.Value.Prompts.Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count(),
    };

    private static string NameOf(SuitePreset preset) => preset switch
    {
        SuitePreset.SanityCheck => "sanity check",
        SuitePreset.Standard => "standard",
        SuitePreset.Comprehensive => "comprehensive",
        SuitePreset.Research => "research",
        _ => throw new ArgumentOutOfRangeException(nameof(preset), preset, "Not a preset."),
    };

    /// <summary>The prompts of the files directly in a folder, categories in the order of the reports.</summary>
    private static IEnumerable<SafetyPrompt> Read(string folder)
    {
        var prompts = new List<SafetyPrompt>();
        foreach (var name in EmbeddedText.Names(folder).Where(name => !name.AsSpan(folder.Length).Contains('/')))
        {
            using var stream = EmbeddedText.Open(name);
            prompts.AddRange(JsonLinesSuite.Read(stream, name, new JsonLinesSuiteOptions { AllowSingleClass = true }).Prompts);
        }

        var order = HarmCategory.WellKnown.Select((category, index) => (category, index)).ToImmutableDictionary(pair => pair.category, pair => pair.index);
        return prompts.OrderBy(prompt => order.GetValueOrDefault(prompt.Category, int.MaxValue));
    }
}
