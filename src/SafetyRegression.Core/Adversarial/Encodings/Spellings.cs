using System.Buffers;
using System.Globalization;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>Words respelt, reordered or spread out.</summary>
internal static class Spellings
{
    private const string LeetLetters = "aeiostl";
    private const string LeetDigits = "4310571";
    private const char ZeroWidthSpace = '\u200B';
    private static readonly SearchValues<char> _vowels = SearchValues.Create("aeiouAEIOU");

    internal static string ToLeet(string text) => string.Concat(text.Select(c =>
        char.IsAscii(c) && LeetLetters.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal) is >= 0 and var i ? LeetDigits[i] : c));

    /// <summary>Digits within words become letters again. I and l share a digit, so this is a reading and no inverse: where only l gives a common word, it is l.</summary>
    internal static string FromLeet(string text) => string.Concat(Runs(text, c => char.IsAsciiLetterOrDigit(c) || c == '\'').Select(run =>
        run.Inside && run.Text.Any(char.IsAsciiLetter) ? FromLeetWord(run.Text) : run.Text));

    private static string FromLeetWord(string word)
    {
        var plain = string.Concat(word.Select(c => LeetDigits.IndexOf(c, StringComparison.Ordinal) is >= 0 and var i ? LeetLetters[i] : c));
        if (!word.Contains('1', StringComparison.Ordinal) || Readability.IsCommon(plain.ToLowerInvariant()))
            return plain;
        var other = string.Concat(word.Zip(plain, (c, letter) => c == '1' ? 'l' : letter));
        return Readability.IsCommon(other.ToLowerInvariant()) ? other : plain;
    }

    internal static string ToPigLatin(string text) => string.Concat(Runs(text, char.IsAsciiLetterOrDigit).Select(run => run.Inside ? PigLatin(run.Text) : run.Text));

    internal static string Reverse(string text)
    {
        var elements = new List<string>();
        for (var walk = StringInfo.GetTextElementEnumerator(text); walk.MoveNext();)
            elements.Add(walk.GetTextElement());
        elements.Reverse();
        return string.Concat(elements);
    }

    /// <summary>Words in reverse order; the white space between them stays where it is.</summary>
    internal static string ReverseWords(string text)
    {
        var runs = Runs(text, char.IsWhiteSpace).ToList();
        var words = new Stack<string>(runs.Where(run => !run.Inside).Select(run => run.Text));
        return string.Concat(runs.Select(run => run.Inside ? run.Text : words.Pop()));
    }

    internal static string ToZeroWidth(string text)
    {
        var result = new StringBuilder(text.Length * 2);
        for (var walk = StringInfo.GetTextElementEnumerator(text); walk.MoveNext();)
            result.Append(result.Length > 0 ? ZeroWidthSpace : null).Append(walk.GetTextElement());
        return result.ToString();
    }

    internal static string FromZeroWidth(string text) => text.Replace(ZeroWidthSpace.ToString(), string.Empty, StringComparison.Ordinal);

    internal static string ToLetterSpaced(string text) => string.Join(' ', text.EnumerateRunes().Select(rune => rune.ToString()));

    /// <summary>Single characters with single spaces between them close up, and wider gaps become spaces.</summary>
    internal static string? FromLetterSpaced(string text)
    {
        var result = new StringBuilder(text.Length / 2);
        var runes = text.EnumerateRunes().ToList();
        for (var i = 0; i < runes.Count; i++)
        {
            result.Append(runes[i].ToString());
            if (i + 1 == runes.Count)
                break;
            if (runes[++i].Value != ' ')
                return null;
        }

        return result.ToString();
    }

    private static string PigLatin(string word)
    {
        if (!char.IsAsciiLetter(word[0]))
            return word;
        if (_vowels.Contains(word[0]))
            return word + "way";
        var vowel = word.AsSpan().IndexOfAny(_vowels);
        return vowel < 0 ? word + "ay" : $"{word[vowel..]}{word[..vowel]}ay";
    }

    /// <summary>Cuts a text into runs inside and outside a class of characters.</summary>
    private static IEnumerable<(string Text, bool Inside)> Runs(string text, Func<char, bool> inside)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = start + 1;
            while (end < text.Length && inside(text[end]) == inside(text[start]))
                end++;
            yield return (text[start..end], inside(text[start]));
            start = end;
        }
    }
}
