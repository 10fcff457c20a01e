namespace SafetyRegression.Classification;

/// <summary>
/// Finds a decline after which a model breaks down into noise: letters without the vowels of any language, words in no order, or a stretch of words
/// without a function word or a punctuation mark. Without the decline such a text is no answer; with it, it is none either.
/// </summary>
internal static class NoiseAfterDecline
{
    private const int Looked = 600;
    private const int Unbroken = 300;
    private const int FewestLetters = 150;
    private const double FewestVowels = .31;

    /// <summary>Whether an English text declines and then is noise.</summary>
    /// <param name="text">The normalised text.</param>
    public static bool Is(ReadOnlySpan<char> text)
    {
        // The end first: it costs a glance, and nearly every answer ends in words.
        if (text.Length < Unbroken || !IsNoise(text[^Math.Min(text.Length / 2, Looked)..]))
            return false;
        var reading = StanceReader.Read(text, RuleBook.For("en"));
        return reading is { Kind: >= StanceKind.Apology, Closing: false } && IsNoise(text[Math.Min(reading.End, text.Length / 2)..]);
    }

    private static bool IsNoise(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Looked)];
        int letters = 0, vowels = 0, unbroken = 0, longest = 0;
        foreach (var c in text)
        {
            // Other scripts have other vowels, and digits and signs stand in code and formulas.
            if (c >= 0x80 || c == TextNormalizer.CodeMark || char.IsAsciiDigit(c))
                return false;
            if (char.IsAsciiLetter(c))
            {
                letters++;
                vowels += c is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' ? 1 : 0;
            }

            unbroken = char.IsAsciiLetter(c) || c is ' ' or '\'' or '-' ? unbroken + 1 : 0;
            longest = Math.Max(longest, unbroken);
        }

        if (letters < FewestLetters)
            return false;
        return vowels < letters * FewestVowels || (longest >= Unbroken && (WordOrder.IsSalad(text) || LanguageDetector.Detect(text, nonAscii: false).Unknown));
    }
}
