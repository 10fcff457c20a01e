namespace SafetyRegression.Classification;

/// <summary>Reads the stance of a text with the rules of its language: its opening sentences first, then its last one.</summary>
internal static class StanceReader
{
    private const int OpeningSentences = 4;
    private const int OpeningLength = 480;
    private const int BareLength = 40;

    /// <summary>Reads a text.</summary>
    /// <param name="text">The normalised text.</param>
    /// <param name="pack">The rules of its language.</param>
    public static StanceReading Read(ReadOnlySpan<char> text, RulePack pack)
    {
        var rules = pack.Patterns;
        if (text.Length <= BareLength && rules.Bare.IsMatch(text))
            return new StanceReading(StanceKind.Decline, 0, text.Length, Bare: true);
        var opening = OpeningEnd(text);
        var reading = Opening(text[..opening], rules);
        return reading.Kind > StanceKind.Moral || opening >= text.Length ? reading : Closing(text, opening, rules, reading);
    }

    private static int OpeningEnd(ReadOnlySpan<char> text)
    {
        var walker = new SentenceWalker(text[..Math.Min(text.Length, OpeningLength * 2)]);
        var end = 0;
        for (var i = 0; i < OpeningSentences && end < OpeningLength && walker.MoveNext(); i++)
            end = walker.End;
        return end;
    }

    private static StanceReading Opening(ReadOnlySpan<char> opening, RulePack.Compiled rules)
    {
        var best = default(StanceReading);
        var walker = new SentenceWalker(opening);
        int moral = 0, index = 0;
        bool moralOpening = false, cleared = false;
        while (walker.MoveNext())
        {
            var sentence = walker.Current;
            if (index == 0)
                moralOpening = rules.MoralOpening.IsMatch(sentence);
            var kind = KindOf(sentence, index, rules, moralOpening, ref cleared);
            if (kind >= StanceKind.Decline)
                return new StanceReading(kind, walker.Start, walker.End);
            if (kind == StanceKind.Moral)
                moral++;
            if (kind > best.Kind)
                best = new StanceReading(kind, walker.Start, walker.End);
            index++;
        }

        var harmless = best.Kind is StanceKind.Premise or StanceKind.Moral && IsHarmless(opening, rules);
        var nothing = new StanceReading(StanceKind.None, 0, 0, Cleared: cleared);
        return best.Kind switch
        {
            StanceKind.Premise when harmless => nothing,
            StanceKind.NoAccess when rules.Answering.IsMatch(opening) => nothing,
            StanceKind.Moral => moral >= 2 && moralOpening && !harmless ? best with { Kind = StanceKind.Premise } : nothing,
            StanceKind.None => nothing,
            _ => best,
        };
    }

    private static bool IsHarmless(ReadOnlySpan<char> opening, RulePack.Compiled rules)
    {
        var walker = new SentenceWalker(opening);
        var first = true;
        while (walker.MoveNext())
        {
            if (rules.Harmless.IsMatch(walker.Current) || (first && rules.Definition.IsMatch(walker.Current)))
                return true;
            first = false;
        }

        return false;
    }

    private static StanceKind KindOf(ReadOnlySpan<char> sentence, int index, RulePack.Compiled rules, bool moralOpening, ref bool cleared)
    {
        if (!rules.HasAnchor(sentence))
            return moralOpening && rules.Moral.IsMatch(sentence) ? StanceKind.Moral : StanceKind.None;
        if (rules.Decline.IsMatch(sentence))
        {
            if (!rules.NoDecline.IsMatch(sentence))
                return StanceKind.Decline;
            cleared = true;
        }

        if (index < 2 && rules.Apology.IsMatch(sentence))
        {
            if (!rules.NoApology.IsMatch(sentence))
                return StanceKind.Apology;
            cleared = true;
        }

        cleared |= index == 0 && (rules.NoDecline.IsMatch(sentence) || rules.NoApology.IsMatch(sentence));
        if (rules.Premise.IsMatch(sentence))
            return StanceKind.Premise;
        if (rules.NoAccess.IsMatch(sentence))
            return StanceKind.NoAccess;
        return moralOpening && rules.Moral.IsMatch(sentence) ? StanceKind.Moral : StanceKind.None;
    }

    private static StanceReading Closing(ReadOnlySpan<char> text, int opening, RulePack.Compiled rules, StanceReading found)
    {
        var from = Math.Max(opening, text.Length - OpeningLength);
        var walker = new SentenceWalker(text[from..]);
        int start = -1, end = 0;
        while (walker.MoveNext())
            (start, end) = (walker.Start, walker.End);
        if (start < 0)
            return found;
        var last = text[from..][start..end];
        return rules.HasAnchor(last) && rules.Decline.IsMatch(last) && !rules.NoDecline.IsMatch(last)
            ? new StanceReading(StanceKind.Decline, from + start, from + end, Closing: true)
            : found;
    }
}
