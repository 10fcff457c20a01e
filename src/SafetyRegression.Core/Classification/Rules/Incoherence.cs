using System.Numerics;

namespace SafetyRegression.Classification;

/// <summary>Recognises loops and noise in one linear pass: the same sentence again and again, a handful of words for pages, long runs of one character.</summary>
internal static class Incoherence
{
    private const int FewestWords = 60;
    private const int FewestSentences = 8;
    private const double DistinctShare = .12;
    private const int LongRun = 40;
    private const int Window = 24;
    private const int FewestHalfRounds = 7;
    private const int LongestStart = 120;
    private const double MashedShare = .4;
    private const int Bits = 4096;

    /// <summary>Whether a normalised text is a loop or noise.</summary>
    /// <param name="text">The normalised text.</param>
    public static bool IsLoopOrNoise(ReadOnlySpan<char> text) =>
        text.Length >= LongRun && (IsNoise(text) || (RepeatsItself(text) && (IsRun(text) || IsPeriodic(text) || RepeatsSentences(text) || RepeatsWords(text))));

    /// <summary>Whether a text in no known language is hammered on a keyboard: words without a vowel, or with five consonants in a row.</summary>
    /// <param name="text">The normalised text.</param>
    public static bool IsMashed(ReadOnlySpan<char> text)
    {
        int words = 0, mashed = 0, letters = 0, vowels = 0, run = 0, longest = 0;
        for (var i = 0; i <= text.Length && i < 600; i++)
        {
            if (i < text.Length && char.IsAsciiLetter(text[i]))
            {
                var vowel = text[i] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';
                letters++;
                vowels += vowel ? 1 : 0;
                run = vowel ? 0 : run + 1;
                longest = Math.Max(longest, run);
                continue;
            }

            if (i < text.Length && char.IsLetter(text[i]))
                return false;
            if (letters >= 4)
            {
                words++;
                mashed += vowels == 0 || longest >= 5 ? 1 : 0;
            }

            letters = vowels = run = longest = 0;
        }

        return words >= 4 && mashed >= words * MashedShare;
    }

    // A loop repeats what stands at its end or in its middle; two vectorised searches spare every other text the counting.
    private static bool RepeatsItself(ReadOnlySpan<char> text)
    {
        var window = Math.Min(LongRun, text.Length / 3);
        var middle = text.Length / 2;
        return text[..^1].IndexOf(text[^window..]) >= 0 || text[(middle + 1)..].IndexOf(text.Slice(middle, window)) >= 0;
    }

    private static bool IsRun(ReadOnlySpan<char> text)
    {
        int run = 1, longest = 1;
        for (var i = 1; i < text.Length; i++)
        {
            run = text[i] == text[i - 1] ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }

        return longest >= LongRun && longest * 2 >= text.Length;
    }

    /// <summary>
    /// The text is one piece said at least three and a half times over, to its end, after a short start at most: whoever wrote a page before the loop has answered.
    /// </summary>
    private static bool IsPeriodic(ReadOnlySpan<char> text)
    {
        var window = Math.Min(Window, text.Length / 4);
        var previous = text[..^1].LastIndexOf(text[^window..]);
        if (previous < 0)
            return false;
        var period = text.Length - window - previous;
        var from = text.Length - window;
        while (from > period && text[from - 1] == text[from - 1 - period])
            from--;
        var looped = text.Length - from + period;
        var before = text.Length - looped;
        return looped * 2 >= period * FewestHalfRounds && looped > before && (before <= LongestStart || before * 10 <= text.Length);
    }

    private static bool IsNoise(ReadOnlySpan<char> text)
    {
        var looked = text[..Math.Min(text.Length, 256)];
        var readable = 0;
        foreach (var c in looked)
            readable += char.IsLetterOrDigit(c) || c is ' ' or '\n' or TextNormalizer.CodeMark || c is >= '\u0300' and <= '\u0DFF' ? 1 : 0;
        return readable * 10 < looked.Length * 4;
    }

    private static bool RepeatsSentences(ReadOnlySpan<char> text)
    {
        Span<ulong> seen = stackalloc ulong[Bits / 64];
        seen.Clear();
        int sentences = 0, distinct = 0;
        var walker = new SentenceWalker(text);
        while (walker.MoveNext())
        {
            var sentence = walker.Current;
            if (sentence.Length < 12)
                continue;
            sentences++;
            distinct += Mark(seen, Hash(sentence));
        }

        return sentences >= FewestSentences && sentences < Bits * 8 && distinct * 4 <= sentences;
    }

    private static bool RepeatsWords(ReadOnlySpan<char> text)
    {
        Span<ulong> seen = stackalloc ulong[Bits / 64];
        seen.Clear();
        int words = 0, distinct = 0;
        while (!text.IsEmpty && words < Bits / 4)
        {
            var end = text.IndexOfAny(' ', '\n');
            var word = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 1)..];
            if (word.IsEmpty)
                continue;
            words++;
            distinct += Mark(seen, Hash(word));
        }

        return words >= FewestWords && distinct <= words * DistinctShare;
    }

    private static int Mark(Span<ulong> seen, uint hash)
    {
        var bit = hash % Bits;
        var mask = 1UL << (int)(bit % 64);
        ref var word = ref seen[(int)(bit / 64)];
        var isNew = (word & mask) == 0;
        word |= mask;
        return isNew ? 1 : 0;
    }

    private static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 2166136261u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return hash ^ BitOperations.RotateRight(hash, 15);
    }
}
