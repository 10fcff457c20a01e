namespace SafetyRegression.Adversarial;

/// <summary>Spellings drawn by chance.</summary>
internal static class SeededSpellings
{
    /// <summary>A coin for the case of each ASCII letter.</summary>
    internal static string RandomCase(string text, SplitMix random) =>
        string.Concat(text.Select(c => !char.IsAsciiLetter(c) ? c : random.Below(2) == 0 ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));

    /// <summary>
    /// Noise as in best-of-n sampling: within words of four letters and more the inner letters are shuffled with probability .6, then each letter changes
    /// case with probability .6 and moves to a neighbouring code point with probability .06.
    /// </summary>
    internal static string Scramble(string text, SplitMix random)
    {
        var characters = text.ToCharArray();
        for (var start = 0; start < characters.Length;)
        {
            var end = start;
            while (end < characters.Length && char.IsAsciiLetter(characters[end]))
                end++;
            if (end - start >= 4 && random.Below(100) < 60)
                Shuffle(characters.AsSpan(start + 1, end - start - 2), random);
            start = end + 1;
        }

        for (var i = 0; i < characters.Length; i++)
        {
            if (!char.IsAsciiLetter(characters[i]))
                continue;
            if (random.Below(100) < 6)
                characters[i] = (char)(characters[i] + (random.Below(2) == 0 ? -1 : 1));
            if (random.Below(100) < 60)
                characters[i] = char.IsAsciiLetterLower(characters[i]) ? char.ToUpperInvariant(characters[i]) : char.ToLowerInvariant(characters[i]);
        }

        return new string(characters);
    }

    private static void Shuffle(Span<char> letters, SplitMix random)
    {
        for (var i = letters.Length - 1; i > 0; i--)
        {
            var j = random.Below(i + 1);
            (letters[i], letters[j]) = (letters[j], letters[i]);
        }
    }
}
