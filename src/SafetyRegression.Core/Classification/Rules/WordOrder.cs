namespace SafetyRegression.Classification;

/// <summary>
/// Recognises English words in no order: articles before prepositions, conjunctions and verbs, prepositions before verbs. Such pairs stand once in many
/// hundred words of any text that somebody meant, and in every second line of a model that has collapsed.
/// </summary>
internal static class WordOrder
{
    private const int Looked = 900;
    private const int FewestWords = 8;
    private const int FewestFaults = 2;
    private const int WordsPerFault = 20;
    private const int Slots = 512;
    private const int SlotShift = 55;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private static readonly ulong[] s_keys = new ulong[Slots];
    private static readonly Kinds[] s_kinds = new Kinds[Slots];

    static WordOrder()
    {
        Add(Kinds.Article, "the a an my your their our its every");
        Add(Kinds.Preposition, "for with from at into by in on");
        Add(Kinds.Conjunction, "and or but");
        Add(Kinds.If, "if unless until because");
        Add(Kinds.Than, "than");
        Add(Kinds.Finite, "is are was were am");
        Add(Kinds.Verb, "be been has had have does did do will would could can't cannot");
        Add(Kinds.Subject, "he she they we i");
        Add(Kinds.To, "to");
        Add(Kinds.Of, "of");
        Add(Kinds.Object, "it this these those him them");
        Add(Kinds.Other, "which so that then there not you when who what as");
    }

    /// <summary>What a small word is.</summary>
    [Flags]
    private enum Kinds : ushort
    {
        None = 0,
        Article = 1,
        Preposition = 1 << 1,
        Conjunction = 1 << 2,
        If = 1 << 3,
        Than = 1 << 4,
        Finite = 1 << 5,
        Verb = 1 << 6,
        Subject = 1 << 7,
        To = 1 << 8,
        Of = 1 << 9,
        Other = 1 << 10,
        Object = 1 << 11,
    }

    /// <summary>Whether a normalised English text is a heap of words.</summary>
    /// <param name="text">The normalised text.</param>
    public static bool IsSalad(ReadOnlySpan<char> text)
    {
        text = text[..Math.Min(text.Length, Looked)];
        int words = 0, faults = 0, small = 0, at = 0;
        var before = Kinds.None;
        while (at < text.Length)
        {
            var c = text[at];
            if (!IsLetter(c))
            {
                // A sentence does not end in an article.
                if (before == Kinds.Article && c is '.' or '?' or '!' or ';' && !(at + 1 < text.Length && IsLetter(text[at + 1])))
                    faults++;
                if (c != ' ')
                    before = Kinds.None;
                at++;
                continue;
            }

            ulong key = 0;
            var start = at;
            do
            {
                key = (key << 8) | (byte)c;
                at++;
            }
            while (at < text.Length && IsLetter(c = text[at]));
            words++;
            var kind = at - start <= 8 ? KindOf(key) : Kinds.None;
            if (kind != Kinds.None)
            {
                small++;
                faults += (Impossible(before) & kind) != Kinds.None ? 1 : 0;
            }

            before = kind;
        }

        return words >= FewestWords && ((faults >= FewestFaults && faults * WordsPerFault >= words) || (faults > 0 && small * 10 >= words * 8));
    }

    /// <summary>What does not stand after a word.</summary>
    private static Kinds Impossible(Kinds before) => before switch
    {
        Kinds.Article => Kinds.Article | Kinds.Preposition | Kinds.Conjunction | Kinds.If | Kinds.Than | Kinds.Finite | Kinds.Verb | Kinds.Subject | Kinds.To | Kinds.Of | Kinds.Other | Kinds.Object,
        Kinds.Preposition => Kinds.Of | Kinds.Finite | Kinds.Subject | Kinds.If | Kinds.Than,
        Kinds.Of => Kinds.Of | Kinds.To | Kinds.Finite | Kinds.Subject | Kinds.Conjunction | Kinds.Preposition | Kinds.If | Kinds.Than,
        Kinds.To => Kinds.Of | Kinds.To | Kinds.Finite | Kinds.Conjunction | Kinds.Subject | Kinds.If | Kinds.Than,
        Kinds.Conjunction => Kinds.Conjunction | Kinds.Than,
        Kinds.If => Kinds.Finite | Kinds.Conjunction | Kinds.Than,
        Kinds.Subject => Kinds.Article | Kinds.Preposition | Kinds.Of | Kinds.To | Kinds.Subject | Kinds.Object | Kinds.Than,
        Kinds.Finite => Kinds.Finite,
        _ => Kinds.None,
    };

    private static bool IsLetter(char c) => char.IsAsciiLetter(c) || c is '\'' or '-' || c >= 0x80;

    private static Kinds KindOf(ulong key)
    {
        var slot = Slot(key);
        while (s_keys[slot] != 0)
        {
            if (s_keys[slot] == key)
                return s_kinds[slot];
            slot = (slot + 1) % Slots;
        }

        return Kinds.None;
    }

    private static int Slot(ulong key) => (int)((key * Multiplier) >> SlotShift);

    private static void Add(Kinds kind, string words)
    {
        foreach (var word in words.Split(' '))
        {
            var key = word.Aggregate(0UL, (sum, c) => (sum << 8) | c);
            var slot = Slot(key);
            while (s_keys[slot] != 0)
                slot = (slot + 1) % Slots;
            (s_keys[slot], s_kinds[slot]) = (key, kind);
        }
    }
}
