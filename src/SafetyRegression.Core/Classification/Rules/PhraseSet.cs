using System.Collections.Frozen;

namespace SafetyRegression.Classification;

/// <summary>
/// Searches a text for hundreds of phrases in one pass, by a table of the phrases' first three characters. <c>SearchValues</c> is made for fewer: its
/// vectorised search meets a candidate at nearly every character of such a list, and beyond eighty phrases it walks an automaton.
/// </summary>
internal sealed class PhraseSet
{
    private const int HeadLength = 3;
    private const int BitsPerCharacter = 5;
    private const int CharacterMask = (1 << BitsPerCharacter) - 1;
    private const int WordBits = 64;

    // One bit for each head that a phrase has; other heads may fall on the same bit, so a hit is looked at.
    private readonly ulong[] _heads = new ulong[(1 << (HeadLength * BitsPerCharacter)) / WordBits];
    private readonly FrozenDictionary<int, string[]> _phrases;

    /// <summary>Prepares the search.</summary>
    /// <param name="phrases">At least three characters each.</param>
    public PhraseSet(IEnumerable<string> phrases)
    {
        _phrases = phrases.GroupBy(Head).ToFrozenDictionary(group => group.Key, group => group.ToArray());
        foreach (var head in _phrases.Keys)
            _heads[head / WordBits] |= 1UL << head;
    }

    /// <summary>Whether any phrase occurs in a text.</summary>
    /// <param name="text">The text.</param>
    public bool OccursIn(ReadOnlySpan<char> text) => FirstIn(text) >= 0;

    /// <summary>Where the first phrase in a text begins; negative when there is none.</summary>
    /// <param name="text">The text.</param>
    public int FirstIn(ReadOnlySpan<char> text)
    {
        var heads = _heads;
        var head = 0;
        for (var last = 0; last < text.Length; last++)
        {
            head = Append(head, text[last]);
            if ((heads[(uint)head / WordBits] & (1UL << head)) == 0 || last < HeadLength - 1)
                continue;
            var start = last - HeadLength + 1;
            if (Begins(text[start..], head))
                return start;
        }

        return -1;
    }

    private bool Begins(ReadOnlySpan<char> text, int head)
    {
        foreach (var phrase in _phrases[head])
        {
            if (text.StartsWith(phrase))
                return true;
        }

        return false;
    }

    private static int Head(string phrase)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(phrase.Length, HeadLength);
        return Append(Append(Append(0, phrase[0]), phrase[1]), phrase[2]);
    }

    private static int Append(int head, char next) => (head >> BitsPerCharacter) | ((next & CharacterMask) << ((HeadLength - 1) * BitsPerCharacter));
}
