using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>A text as a reader sees it: compatibility forms folded (NFKC), characters without a picture removed.</summary>
internal static class VisibleText
{
    /// <summary>Folds and removes; tag characters are removed too.</summary>
    internal static string Normalise(string text)
    {
        var folded = IsWellFormed(text) ? text.Normalize(NormalizationForm.FormKC) : text;
        if (folded.AsSpan().IndexOfAnyExceptInRange('\u0020', '\u007E') < 0)
            return folded;
        var visible = new StringBuilder(folded.Length);
        foreach (var rune in folded.EnumerateRunes())
        {
            if (!IsInvisible(rune.Value))
                visible.Append(rune.ToString());
        }

        return visible.ToString();
    }

    /// <summary>What an answer says: hidden tag characters are made readable first, for what a program can read was said.</summary>
    internal static string Of(string answer) => answer.AsSpan().IndexOfAnyExceptInRange('\u0000', '\u007E') < 0 ? answer : Normalise(LetterMaps.FromTags(answer));

    private static bool IsInvisible(int value) =>
        value is (>= 0x200B and <= 0x200D) or 0x2060 or 0xFEFF or 0x00AD or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE007F) or (>= 0xE0100 and <= 0xE01EF);

    private static bool IsWellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text, i))
                return false;
            i++;
        }

        return true;
    }
}
