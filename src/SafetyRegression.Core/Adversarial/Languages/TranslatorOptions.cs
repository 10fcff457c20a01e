namespace SafetyRegression.Adversarial;

/// <summary>How prompts are translated.</summary>
public sealed class TranslatorOptions
{
    /// <summary>Who translates: provider, model and revision. Part of the key under which translations are kept, so another model translates anew.</summary>
    public required string Translator { get; init; }

    /// <summary>Where translations are kept.</summary>
    /// <value>Default <see langword="null"/>: in memory, for the life of the translator.</value>
    public TranslationCache? Cache { get; init; }

    /// <summary>Calls in flight at once; ≥ 1.</summary>
    /// <value>Default 4.</value>
    public int Concurrency { get; init; } = 4;

    /// <summary>Tries for each text: a reply in another form than the one asked for is asked for again; ≥ 1.</summary>
    /// <value>Default 2.</value>
    public int Tries { get; init; } = 2;
}
