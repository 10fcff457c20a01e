using System.Collections.Frozen;

namespace SafetyRegression.Adversarial;

/// <summary>
/// How much a text reads like prose, to tell which of two readings is the language and which the cipher. Not a language model: common words, the
/// frequencies of letters, and how sentences begin and end.
/// </summary>
internal static class Readability
{
    private const double LetterWeight = 2;
    private const double FormWeight = 0.06;

    // Relative frequencies of a–z in English, per cent (Lewand, Cryptological Mathematics, 2000, table 1.1); close enough for other languages in Latin letters.
    private static readonly double[] _frequency =
        [8.2, 1.5, 2.8, 4.3, 12.7, 2.2, 2.0, 6.1, 7.0, 0.15, 0.77, 4.0, 2.4, 6.7, 7.5, 1.9, 0.095, 6.0, 6.3, 9.1, 2.8, 0.98, 2.4, 0.15, 2.0, 0.074];

    private static readonly FrozenSet<string> _common = """
        a about above after again all also am an and any are as at be because been before being below between both but by can could did do does doing down
        during each few first for from further get give go had has have he help her here him his how i if in into is it its just know let like long made make
        many may me more most much must my need never new no not now of off on once one only or other our out over own part people provide same say see she
        should so some sorry step steps such sure take than that the their them then there these they this those through time to too two under until up use
        very want was way we well were what when where which while who why will with work would yes you your don can't don't won't i'm
        de la le les des et un une du en que qui est pas pour dans je vous
        der die das und ist nicht ich sie ein eine zu den mit auf für
        el los las por con para una no es se lo como
        il che di non per sono o os não com é um uma
        yang dan di untuk itu tidak na ya wa kwa ni
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a word (lower case) is too common to say what a text is about.</summary>
    internal static bool IsCommon(string word) => _common.Contains(word);

    /// <summary>The score of a text; higher reads better. 0 for a text without letters.</summary>
    internal static double Score(string text)
    {
        var words = Words(text).ToList();
        if (words.Count == 0)
            return 0;
        var letters = words.Sum(word => word.Count(char.IsAsciiLetter));
        var typical = words.Sum(word => word.Sum(c => char.IsAsciiLetterLower(c) ? _frequency[c - 'a'] / 100 : 0)) / Math.Max(1, letters);
        return CommonShare(words) + (LetterWeight * typical) + (FormWeight * Form(text.AsSpan().Trim()));
    }

    /// <summary>The words of a text in lower case: runs of letters and apostrophes.</summary>
    internal static IEnumerable<string> Words(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!char.IsLetter(text[start]))
                continue;
            var end = start + 1;
            while (end < text.Length && (char.IsLetter(text[end]) || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
                end++;
            yield return text[start..end].ToLowerInvariant().Replace('’', '\'');
            start = end;
        }
    }

    /// <summary>The share of words that are common ones.</summary>
    internal static double CommonShare(IReadOnlyCollection<string> words) => words.Count == 0 ? 0 : (double)words.Count(_common.Contains) / words.Count;

    private static double Form(ReadOnlySpan<char> text) => text.IsEmpty ? 0 : ((char.IsUpper(text[0]) ? 0.5 : 0) + (text[^1] is '.' or '!' or '?' ? 0.5 : 0));
}
