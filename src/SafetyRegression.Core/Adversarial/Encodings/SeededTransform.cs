using System.Diagnostics.CodeAnalysis;

namespace SafetyRegression.Adversarial;

/// <summary>A row of the catalogue whose output is drawn from the seed.</summary>
internal sealed class SeededTransform(string id, string title, Func<string, SplitMix, string> encode, Func<string, string?>? decode) : IPromptTransform
{
    public string Id => id;

    public string Title => title;

    public Reversibility Reversibility { get; init; }

    public string Alphabet => string.Empty;

    public bool IsSeeded => true;

    public string Encode(string text, ulong seed = 0)
    {
        WellFormed.Require(id, text);
        return encode(text, new SplitMix(seed));
    }

    public bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        ArgumentNullException.ThrowIfNull(text);
        decoded = decode?.Invoke(text);
        return decoded is not null;
    }

    public override string ToString() => id;
}
