using System.Diagnostics.CodeAnalysis;

namespace SafetyRegression.Adversarial;

/// <summary>One row of the catalogue: two functions and what is known about them.</summary>
internal sealed class CodecTransform(string id, string title, Reversibility reversibility, Func<string, string> encode, Func<string, string?>? decode) : IPromptTransform
{
    public string Id => id;

    public string Title => title;

    public Reversibility Reversibility => reversibility;

    public string Alphabet { get; init; } = string.Empty;

    public bool IsSeeded => false;

    public string Encode(string text, ulong seed = 0)
    {
        WellFormed.Require(id, text);
        var encoded = encode(text);
        // What the text itself has of the encoding's own characters (a zero-width space, a full-width letter) would be lost on the way back.
        if (reversibility == Reversibility.Exact && !string.Equals(decode!(encoded), text, StringComparison.Ordinal))
            throw new UnencodableTextException(id, -1, "it holds characters of the encoded form and would not decode to itself.");
        return encoded;
    }

    public bool TryDecode(string text, [NotNullWhen(true)] out string? decoded)
    {
        ArgumentNullException.ThrowIfNull(text);
        decoded = decode?.Invoke(text);
        return decoded is not null;
    }

    public override string ToString() => id;
}
