using System.Collections.Frozen;

namespace SafetyRegression.Classification;

/// <summary>
/// Tells the eleven languages with rules apart, by script and by function words. Not a general language identifier: its duty is to pick the rules and
/// to say when there are none, so that a text in another language is never taken for an answer.
/// </summary>
internal static class LanguageDetector
{
    private const int Looked = 400;
    private const int FewestWords = 6;
    private const int Other = 5;

    private static readonly string[] s_latin = ["en", "es", "fr", "de", "pt"];

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> s_words = Words().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Guesses the language of a normalised text.</summary>
    /// <param name="text">The normalised text.</param>
    /// <param name="nonAscii">Whether it holds characters outside ASCII.</param>
    public static LanguageGuess Detect(ReadOnlySpan<char> text, bool nonAscii)
    {
        var head = text[..Math.Min(text.Length, Looked)];
        return nonAscii && ByScript(head) is { } guess ? guess : ByWords(head);
    }

    private static LanguageGuess? ByScript(ReadOnlySpan<char> head)
    {
        int latin = 0, han = 0, kana = 0, hangul = 0, cyrillic = 0, arabic = 0, devanagari = 0, other = 0;
        var foreign = false;
        foreach (var c in head)
        {
            if (c < 0x80)
            {
                latin += char.IsAsciiLetter(c) ? 1 : 0;
                continue;
            }

            switch (c)
            {
                case >= '\u3040' and <= '\u30FF': kana++; break;
                case >= '\u4E00' and <= '\u9FFF' or >= '\u3400' and <= '\u4DBF': han++; break;
                case >= '\uAC00' and <= '\uD7AF' or >= '\u1100' and <= '\u11FF': hangul++; break;
                case >= '\u0400' and <= '\u04FF':
                    cyrillic++;
                    // Ukrainian, Belarusian, Serbian and Kazakh letters.
                    foreign |= c is '\u0456' or '\u0457' or '\u0454' or '\u0491' or '\u045E' or '\u0458' or '\u045B' or '\u0452' or '\u04D9' or '\u049B';
                    break;
                case >= '\u0600' and <= '\u06FF':
                    arabic++;
                    // Persian and Urdu letters.
                    foreign |= c is '\u067E' or '\u0686' or '\u06AF' or '\u06A9' or '\u06CC' or '\u0679' or '\u06D2';
                    break;
                case >= '\u0900' and <= '\u097F': devanagari++; break;
                default:
                    if (!char.IsLetter(c))
                        break;
                    if (c < '\u0250')
                        latin++;
                    else
                        other++;
                    break;
            }
        }

        // An ideograph says about as much as three letters.
        latin /= 3;
        var most = Math.Max(Math.Max(han + kana, hangul), Math.Max(Math.Max(cyrillic, arabic) / 3, Math.Max(devanagari, other) / 3));
        if (most == 0 || most < latin)
            return null;
        if (kana > 0 && han + kana == most && kana * 10 >= han)
            return new LanguageGuess("ja", Unknown: false);
        if (han + kana == most)
            return new LanguageGuess("zh", Unknown: false);
        if (hangul == most)
            return new LanguageGuess("ko", Unknown: false);
        if (foreign || other / 3 == most)
            return new LanguageGuess(null, Unknown: true);
        return new LanguageGuess(cyrillic / 3 == most ? "ru" : arabic / 3 == most ? "ar" : "hi", Unknown: false);
    }

    private static LanguageGuess ByWords(ReadOnlySpan<char> head)
    {
        Span<int> votes = stackalloc int[Other + 1];
        var words = 0;
        var at = 0;
        while (at < head.Length)
        {
            if (!char.IsLetter(head[at]))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < head.Length && (char.IsLetter(head[at]) || head[at] == '\''))
                at++;
            words++;
            if (!s_words.TryGetValue(head[start..at], out var mask))
                continue;
            for (var language = 0; language <= Other; language++)
                votes[language] += (mask >> language) & 1;
            // English is by far the most frequent; two more function words than any other language settles it.
            if (votes[0] >= 8 && votes[0] > votes[1..].ToMaximum() + 4)
                return new LanguageGuess("en", Unknown: false);
        }

        var best = 0;
        for (var language = 1; language <= Other; language++)
        {
            if (votes[language] > votes[best])
                best = language;
        }

        if (votes[best] == 0)
            return new LanguageGuess(null, words >= FewestWords && !LooksTechnical(head));
        return best == Other ? new LanguageGuess(null, words >= FewestWords) : new LanguageGuess(s_latin[best], Unknown: false);
    }

    private static int ToMaximum(this Span<int> values)
    {
        var best = 0;
        foreach (var value in values)
            best = Math.Max(best, value);
        return best;
    }

    /// <summary>Lists of names, numbers and code have no function words and need no language.</summary>
    private static bool LooksTechnical(ReadOnlySpan<char> head)
    {
        var signs = 0;
        foreach (var c in head)
            signs += c is '\n' or ',' or '(' or ')' or '{' or '}' or '=' or ';' or ':' or '/' or '<' or TextNormalizer.CodeMark || char.IsAsciiDigit(c) ? 1 : 0;
        return signs * 20 >= head.Length;
    }

    private static FrozenDictionary<string, int> Words()
    {
        var masks = new Dictionary<string, int>(StringComparer.Ordinal);
        Add(0, "the of and to in is you that it for with on are this be have from or by not what your can i'm i can't cannot sorry there how if an as at but we they their was will would help do don't won't it's here about please request information a no so me my he she his her its any all more some who why");
        Add(1, "el la los las de que y en un una por con para no se lo es del al su como puedo siento más pero esta este ayudar si te le mi muy hay sobre usted me esa ese eso mis tu sin hacer puede aquí porque cuando tienes a pregunta prefiero responder");
        Add(2, "le la les de des et en un une que qui pour dans ne pas je est vous à du ce il au sur plus peux désolé mais cette avec votre sont aider c'est ou nous mes ma mon cela ça sur être peut elle ils se comme cet");
        Add(3, "der die das und in zu den von ist nicht mit ich sie es ein eine auf für dem kann leid mir tut aber bei wie als auch dabei ihnen helfen sich wird oder wenn leider diese dieser werde dich dir ihre mich nur noch sind im am man es läuft");
        Add(4, "o a os as de que e em um uma para com não por se do da no na é você posso desculpe mas ao mais como sinto muito ajudar isso dos das seu sua ou isso essa esse minha meu pode ser muito sem fazer vou");
        // Function words of languages without rules, so that they are not taken for their neighbours.
        Add(Other, "il che di per non sono della nel gli con questo mi anche posso dispiace più alla ma come het een van ik niet dat voor maar met zijn kan je och att det som inte jag är på för av kan med men bir ve bu için değil ben ile çok daha ama olarak nie się na jest to że w i jak ale z không tôi là và của cho bạn có những các yang dan tidak saya ini itu untuk dengan");
        return masks.ToFrozenDictionary(StringComparer.Ordinal);

        void Add(int language, string words)
        {
            foreach (var word in words.Split(' '))
                masks[word] = masks.GetValueOrDefault(word) | (1 << language);
        }
    }
}
