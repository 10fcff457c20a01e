using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>A suite with its variants.</summary>
public sealed record VariantExpansion
{
    /// <summary>The prompts of the suite, then the variants, then the decode controls.</summary>
    public required SafetySuite Suite { get; init; }

    /// <summary>The variants that were added, controls included.</summary>
    public required ImmutableArray<SafetyPrompt> Added { get; init; }

    /// <summary>The variants that could not be made.</summary>
    public required ImmutableArray<SkippedVariant> Skipped { get; init; }
}
