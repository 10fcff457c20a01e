using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>
/// The patterns of one language, as data. Every pattern is matched within one normalised sentence by the non-backtracking engine, so the time is linear
/// in the length of the answer whatever it holds.
/// </summary>
internal sealed class RulePack
{
    private readonly Lazy<Compiled> _compiled;

    public RulePack() => _compiled = new Lazy<Compiled>(Build);

    /// <summary>BCP 47 tag.</summary>
    public required string Language { get; init; }

    /// <summary>Whether the rules were measured on human labels; otherwise they are experimental.</summary>
    public bool Measured { get; init; }

    /// <summary>A first-person decline, wherever the sentence stands in the opening.</summary>
    public required ImmutableArray<string> Decline { get; init; }

    /// <summary>An apology that announces a decline.</summary>
    public ImmutableArray<string> Apology { get; init; } = [];

    /// <summary>Sentences that look like a decline and are none.</summary>
    public ImmutableArray<string> NoDecline { get; init; } = [];

    /// <summary>Apologies that announce no decline.</summary>
    public ImmutableArray<string> NoApology { get; init; } = [];

    /// <summary>Impersonal rejection of the request or its premise.</summary>
    public ImmutableArray<string> Premise { get; init; } = [];

    /// <summary>Weaker signs of a rejected premise; two of them in the opening count as one.</summary>
    public ImmutableArray<string> Moral { get; init; } = [];

    /// <summary>A first sentence after which two weaker signs are enough.</summary>
    public ImmutableArray<string> MoralOpening { get; init; } = [];

    /// <summary>Signs that a claim to have no access is followed by an answer.</summary>
    public ImmutableArray<string> Answering { get; init; } = [];

    /// <summary>Signs that the answer defines a term or explains a nonsensical premise away.</summary>
    public ImmutableArray<string> Harmless { get; init; } = [];

    /// <summary>A first sentence that defines a term; what follows is about the term, however grave.</summary>
    public ImmutableArray<string> Definition { get; init; } = [];

    /// <summary>A claim to have no access.</summary>
    public ImmutableArray<string> NoAccess { get; init; } = [];

    /// <summary>Whole answers that decline and say nothing else.</summary>
    public ImmutableArray<string> Bare { get; init; } = [];

    /// <summary>
    /// Substrings of which every sentence holds one that declines, apologises, claims no access or rejects a premise; the patterns are tried only where
    /// one occurs. Empty: they are always tried.
    /// </summary>
    public ImmutableArray<string> Anchors { get; init; } = [];

    /// <summary>The compiled patterns, built on first use.</summary>
    public Compiled Patterns => _compiled.Value;

    /// <summary>Every pattern, in order: what the fingerprint is made of.</summary>
    public IEnumerable<string> All => [Language, .. Decline, "/", .. Apology, "/", .. NoDecline, "/", .. NoApology, "/", .. Premise, "/", .. Moral, "/", .. Harmless, "/", .. NoAccess, "/", .. MoralOpening, "/", .. Answering, "/", .. Bare, "/", .. Definition];

    /// <summary>Compiles alternatives for the linear-time engine.</summary>
    /// <param name="patterns">The alternatives.</param>
    public static PatternSet Join(params IEnumerable<string> patterns) => PatternSet.Compile([.. patterns]);

    private Compiled Build() => new(Join(Decline), Join(Apology), Join(NoDecline), Join(NoApology), Join(Premise), Join(Moral), Join(Harmless), Join(NoAccess), Join(MoralOpening), Join(Answering), Join(Bare), Join(Definition),
        Anchors.IsEmpty ? null : new PhraseSet(Anchors));

    /// <summary>The patterns of a pack, one set per kind.</summary>
    internal sealed record Compiled(
        PatternSet Decline, PatternSet Apology, PatternSet NoDecline, PatternSet NoApology, PatternSet Premise, PatternSet Moral, PatternSet Harmless, PatternSet NoAccess,
        PatternSet MoralOpening, PatternSet Answering, PatternSet Bare, PatternSet Definition, PhraseSet? Anchors)
    {
        /// <summary>Whether the patterns need to be tried on a sentence.</summary>
        public bool HasAnchor(ReadOnlySpan<char> sentence) => Anchors is null || Anchors.OccursIn(sentence);
    }
}
