using System.Globalization;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>Every code point as a decimal character reference of HTML.</summary>
internal static class CharacterReferences
{
    internal static string Encode(string text) => string.Concat(text.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};")));

    /// <summary>Decimal and hexadecimal references; other characters stand for themselves, and without a single reference it is not this encoding.</summary>
    internal static string? Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        var references = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var end = text[i] == '&' ? text.IndexOf(';', i) : -1;
            if (end > i && Read(text.AsSpan(i + 1, end - i - 1)) is { } rune)
            {
                decoded.Append(rune.ToString());
                references++;
                i = end;
            }
            else
            {
                decoded.Append(text[i]);
            }
        }

        return references > 0 || text.Length == 0 ? decoded.ToString() : null;
    }

    private static Rune? Read(ReadOnlySpan<char> body)
    {
        if (body.Length is < 2 or > 9 || body[0] != '#')
            return null;
        var hexadecimal = body[1] is 'x' or 'X';
        var digits = hexadecimal ? body[2..] : body[1..];
        var style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(digits, style, CultureInfo.InvariantCulture, out var value) && Rune.IsValid(value) ? new Rune(value) : null;
    }
}
