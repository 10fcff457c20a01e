using System.Buffers;
using System.Globalization;
using System.Text;

namespace SafetyRegression.Capability;

/// <summary>The text operations that the public dialects share, as their reference implementations define them.</summary>
internal static class PlainText
{
    /// <summary>The 32 ASCII punctuation marks.</summary>
    internal static bool IsAsciiPunctuation(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c));

    /// <summary>Letters and numbers of any script, and the underscore: spelled out, since the engine's own word class also takes marks and connectors.</summary>
    internal static bool IsWord(Rune rune) => rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune)
        is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    /// <summary>The number of runs of word characters.</summary>
    internal static int CountWords(string text)
    {
        var words = 0;
        var inside = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var word = IsWord(rune);
            words += word && !inside ? 1 : 0;
            inside = word;
        }

        return words;
    }

    /// <summary>At least one letter with case, and none in lower case.</summary>
    internal static bool IsUpper(ReadOnlySpan<char> text) => HasCase(text, UnicodeCategory.UppercaseLetter, UnicodeCategory.LowercaseLetter);

    /// <summary>At least one letter with case, and none in upper case.</summary>
    internal static bool IsLower(ReadOnlySpan<char> text) => HasCase(text, UnicodeCategory.LowercaseLetter, UnicodeCategory.UppercaseLetter);

    /// <summary>Removes <c>a</c>, <c>an</c> and <c>the</c> as whole words, leaving a blank.</summary>
    internal static string WithoutArticles(string text)
    {
        var result = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var end = at;
            while (end < text.Length && Rune.TryGetRuneAt(text, end, out var rune) && IsWord(rune))
                end += rune.Utf16SequenceLength;
            if (end == at)
            {
                result.Append(text[at++]);
                continue;
            }

            var word = text.AsSpan(at, end - at);
            result.Append(word is "a" or "an" or "the" ? " " : word);
            at = end;
        }

        return result.ToString();
    }

    /// <summary>
    /// Lower case without punctuation and articles, words apart by one blank: what <see cref="WithoutPunctuation"/>, <see cref="WithoutArticles"/> and
    /// <see cref="Words"/> make of it together, in one pass.
    /// </summary>
    /// <returns>The text, or <see langword="null"/> when it holds anything but ASCII letters, digits, punctuation and white space.</returns>
    internal static string? NormalizedAscii(string text)
    {
        var rented = text.Length < 512 ? null : ArrayPool<char>.Shared.Rent(text.Length + 1);
        Span<char> to = rented is null ? stackalloc char[512] : rented;
        var (length, word) = (0, 0);
        try
        {
            foreach (var c in text)
            {
                if (char.IsAsciiLetterOrDigit(c))
                    to[length++] = char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
                else if (c is ' ' or (>= '\t' and <= '\r'))
                    EndWord(to, ref length, ref word);
                else if (c is not (> ' ' and < '\u007F'))
                    return null;
            }

            EndWord(to, ref length, ref word);
            return length == 0 ? string.Empty : new string(to[..(length - 1)]);
        }
        finally
        {
            if (rented is not null)
                ArrayPool<char>.Shared.Return(rented);
        }

        static void EndWord(Span<char> to, ref int length, ref int word)
        {
            if (to[word..length] is [] or "a" or "an" or "the")
                length = word;
            else
                to[length++] = ' ';
            word = length;
        }
    }

    internal static string WithoutPunctuation(string text) => Keep(text, static c => !IsAsciiPunctuation(c));

    internal static string Keep(string text, Func<char, bool> keep)
    {
        var kept = 0;
        foreach (var c in text)
            kept += keep(c) ? 1 : 0;
        return kept == text.Length ? text : string.Create(kept, (text, keep), static (span, state) =>
        {
            var at = 0;
            foreach (var c in state.text)
            {
                if (state.keep(c))
                    span[at++] = c;
            }
        });
    }

    internal static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool HasCase(ReadOnlySpan<char> text, UnicodeCategory wanted, UnicodeCategory unwanted)
    {
        var any = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category == unwanted || category == UnicodeCategory.TitlecaseLetter)
                return false;
            any |= category == wanted;
        }

        return any;
    }
}
