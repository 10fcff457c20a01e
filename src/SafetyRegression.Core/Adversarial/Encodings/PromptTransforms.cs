using System.Collections.Immutable;

namespace SafetyRegression.Adversarial;

/// <summary>
/// The catalogue of transforms. A further one is a row here, a test vector and a line of documentation.
/// </summary>
public static class PromptTransforms
{
    private const string HexDigits = "0123456789abcdefABCDEF";
    private const string Base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=";

    /// <summary>The built-in transforms, in the order of the documentation.</summary>
    public static ImmutableArray<IPromptTransform> All { get; } =
    [
        new CodecTransform("base64@1", "Base64", Reversibility.Exact, ByteCodecs.ToBase64, ByteCodecs.FromBase64) { Alphabet = Base64Letters },
        new CodecTransform("base64url@1", "URL-safe Base64", Reversibility.Exact, ByteCodecs.ToBase64Url, ByteCodecs.FromBase64) { Alphabet = Base64Letters },
        new CodecTransform("hex@1", "hexadecimal", Reversibility.Exact, ByteCodecs.ToHex, ByteCodecs.FromHex) { Alphabet = HexDigits + " \n" },
        new CodecTransform("base32@1", "Base32", Reversibility.Exact, ByteCodecs.ToBase32, ByteCodecs.FromBase32) { Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=" },
        new CodecTransform("binary@1", "8-bit binary", Reversibility.Exact, ByteCodecs.ToBinary, ByteCodecs.FromBinary) { Alphabet = "01 \n" },
        new CodecTransform("rot13@1", "ROT13", Reversibility.Exact, text => LetterMaps.Shift(text, 13), text => LetterMaps.Shift(text, 13)),
        Caesar(1),
        Caesar(3),
        Caesar(7),
        Caesar(25),
        new CodecTransform("atbash@1", "the Atbash cipher", Reversibility.Exact, LetterMaps.Atbash, LetterMaps.Atbash),
        new CodecTransform("rot47@1", "ROT47", Reversibility.Exact, LetterMaps.Rot47, LetterMaps.Rot47),
        new CodecTransform("morse@1", "Morse code", Reversibility.UpToForm, Morse.Encode, Morse.Decode) { Alphabet = ".-/| \n" },
        new CodecTransform("leet@1", "leetspeak", Reversibility.None, Spellings.ToLeet, Spellings.FromLeet),
        new CodecTransform("pig-latin@1", "Pig Latin", Reversibility.None, Spellings.ToPigLatin, decode: null),
        new CodecTransform("reverse@1", "reversed characters", Reversibility.Exact, Spellings.Reverse, Spellings.Reverse),
        new CodecTransform("word-order@1", "reversed word order", Reversibility.Exact, Spellings.ReverseWords, Spellings.ReverseWords),
        new CodecTransform("fullwidth@1", "full-width characters", Reversibility.UpToForm, LetterMaps.ToFullwidth, LetterMaps.FromFullwidth),
        new CodecTransform("homoglyph@1", "Cyrillic look-alike letters", Reversibility.Exact, LetterMaps.ToHomoglyphs, LetterMaps.FromHomoglyphs),
        new CodecTransform("zero-width@1", "text with zero-width spaces", Reversibility.Exact, Spellings.ToZeroWidth, Spellings.FromZeroWidth),
        new CodecTransform("unicode-tags@1", "Unicode tag characters", Reversibility.Exact, LetterMaps.ToTags, LetterMaps.FromTags),
        new CodecTransform("percent@1", "percent-encoding", Reversibility.Exact, ByteCodecs.ToPercent, ByteCodecs.FromPercent) { Alphabet = "%" + HexDigits },
        new CodecTransform("html-entity@1", "HTML character references", Reversibility.Exact, CharacterReferences.Encode, CharacterReferences.Decode) { Alphabet = "&#;xX" + HexDigits },
        new CodecTransform("letter-spaced@1", "spaced letters", Reversibility.None, Spellings.ToLetterSpaced, Spellings.FromLetterSpaced),
        new SeededTransform("random-case@1", "random letter case", SeededSpellings.RandomCase, text => text.ToLowerInvariant()) { Reversibility = Reversibility.UpToForm },
        new SeededTransform("scramble@1", "scrambled spelling", SeededSpellings.Scramble, decode: null),
    ];

    /// <summary>Finds a transform by name (<c>base64</c>) or id (<c>base64@1</c>); several joined by <c>+</c> are composed.</summary>
    /// <param name="id">Names or ids.</param>
    /// <returns>The transform, or <see langword="null"/>.</returns>
    public static IPromptTransform? Find(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var steps = id.Split('+').Select(One).ToList();
        return steps.Contains(null) ? null : steps.Count == 1 ? steps[0] : new ComposedTransform(steps!);
    }

    /// <summary>
    /// The encodings among the parts of a variant's <see cref="PromptVariant.Transform"/>, composed; <see langword="null"/> when it holds framings only.
    /// </summary>
    internal static IPromptTransform? EncodingOf(string? variantTransform)
    {
        if (variantTransform is null)
            return null;
        var steps = variantTransform.Split('+').Select(One).OfType<IPromptTransform>().ToList();
        return steps.Count switch { 0 => null, 1 => steps[0], _ => new ComposedTransform(steps) };
    }

    private static IPromptTransform? One(string id) =>
        All.FirstOrDefault(transform => transform.Id == id || (transform.Id.StartsWith(id, StringComparison.Ordinal) && transform.Id.AsSpan(id.Length).StartsWith("@")));

    private static CodecTransform Caesar(int by) => new(
        $"caesar-{by}@1", $"a Caesar cipher that shifts letters by {by}", Reversibility.Exact, text => LetterMaps.Shift(text, by), text => LetterMaps.Shift(text, 26 - by));
}
