using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>The built-in classifiers that need no model call, by name.</summary>
public static class TextClassifiers
{
    /// <summary>The name of the classifier that decides when a host names none: the most accurate of those that need no model call.</summary>
    public const string Default = "combined";

    /// <summary>The names, in the order in which they are shown.</summary>
    public static ImmutableArray<string> Known { get; } = ["keyword", "regex", "trained", "combined", "recorded"];

    /// <summary>Creates a classifier by its name.</summary>
    /// <param name="id">One of <see cref="Known"/>, ignoring case.</param>
    /// <param name="options">The host's phrases and thresholds; <see langword="null"/> for the defaults.</param>
    /// <returns>A classifier that can be shared between threads.</returns>
    /// <exception cref="UnknownClassifierException">There is no such classifier; the message lists those that exist.</exception>
    public static IResponseClassifier Create(string id, TextClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.ToUpperInvariant() switch
        {
            "KEYWORD" => new KeywordClassifier(options),
            "REGEX" => new RegexClassifier(options),
            "TRAINED" => new TrainedClassifier(options),
            "COMBINED" => new CombinedClassifier(options),
            "RECORDED" => new RecordedLabelClassifier(),
            _ => throw new UnknownClassifierException(id, Known),
        };
    }
}
