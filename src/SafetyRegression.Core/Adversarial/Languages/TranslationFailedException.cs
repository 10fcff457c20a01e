using System.Collections.Immutable;

namespace SafetyRegression.Adversarial;

/// <summary>Prompts that the translator did not translate. What it did translate is kept in its cache.</summary>
public sealed class TranslationFailedException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="failed">What is missing.</param>
    public TranslationFailedException(ImmutableArray<(string ItemId, string Language)> failed)
        : base($"{failed.Length} of the translations are missing: the translator did not reply in the form asked for, or refused. First: {string.Join(", ", failed.Take(10).Select(one => $"{one.ItemId} ({one.Language})"))}. Leave these prompts out, or use another translator.") =>
        Failed = failed;

    /// <summary>The prompts and languages that are missing.</summary>
    public ImmutableArray<(string ItemId, string Language)> Failed { get; }
}
