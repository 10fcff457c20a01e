using System.Collections.Frozen;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>Ciphers and look-alikes that put one character for another.</summary>
internal static class LetterMaps
{
    private const string Latin = "aceopxyisjhABCEHIJKMOPSTXY";
    private const string Cyrillic = "\u0430\u0441\u0435\u043E\u0440\u0445\u0443\u0456\u0455\u0458\u04BB\u0410\u0412\u0421\u0415\u041D\u0406\u0408\u041A\u041C\u041E\u0420\u0405\u0422\u0425\u0423";
    private const int FullwidthOffset = 0xFEE0;
    private const int TagOffset = 0xE0000;

    private static readonly FrozenDictionary<char, char> _toCyrillic = Latin.Zip(Cyrillic).ToFrozenDictionary(pair => pair.First, pair => pair.Second);
    private static readonly FrozenDictionary<char, char> _toLatin = Latin.Zip(Cyrillic).ToFrozenDictionary(pair => pair.Second, pair => pair.First);

    internal static string Shift(string text, int by) =>
        string.Create(text.Length, (text, by), static (span, state) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = state.text[i];
                var first = char.IsAsciiLetterLower(c) ? 'a' : 'A';
                span[i] = char.IsAsciiLetter(c) ? (char)(first + ((c - first + state.by) % 26)) : c;
            }
        });

    internal static string Atbash(string text) =>
        string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsAsciiLetterLower(source[i]) ? (char)('a' + 'z' - source[i]) : char.IsAsciiLetterUpper(source[i]) ? (char)('A' + 'Z' - source[i]) : source[i];
        });

    internal static string Rot47(string text) => string.Concat(text.Select(c => c is >= '!' and <= '~' ? (char)('!' + ((c - '!' + 47) % 94)) : c));

    internal static string ToHomoglyphs(string text) => string.Concat(text.Select(c => _toCyrillic.GetValueOrDefault(c, c)));

    internal static string FromHomoglyphs(string text) => string.Concat(text.Select(c => _toLatin.GetValueOrDefault(c, c)));

    internal static string ToFullwidth(string text) => string.Concat(text.Select(c => c == ' ' ? '\u3000' : c is >= '!' and <= '~' ? (char)(c + FullwidthOffset) : c));

    internal static string FromFullwidth(string text) => string.Concat(text.Select(c => c == '\u3000' ? ' ' : c is >= '\uFF01' and <= '\uFF5E' ? (char)(c - FullwidthOffset) : c));

    internal static string ToTags(string text) => Runes(text, rune => rune.Value is >= 0x20 and <= 0x7E ? new Rune(rune.Value + TagOffset) : rune);

    internal static string FromTags(string text) => Runes(text, rune => rune.Value is >= TagOffset + 0x20 and <= TagOffset + 0x7E ? new Rune(rune.Value - TagOffset) : rune);

    private static string Runes(string text, Func<Rune, Rune> map)
    {
        var result = new StringBuilder(text.Length * 2);
        foreach (var rune in text.EnumerateRunes())
            result.Append(map(rune).ToString());
        return result.ToString();
    }
}
