using System.Collections.Frozen;
using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>All rule packs, and the cues that hold in every language.</summary>
internal static class RuleBook
{
    /// <summary>The version of the rules, part of every fingerprint.</summary>
    public const string Version = "3";

    private const string QuestionPatterns =
        @"\b(?:which|what|who|whom|where|when|could you|can you|would you|please|do you|are you|did you|is this|is it)\b.*\b(?:mean|meant|refer\w*|clarif\w+|specif\w+|context|details?|version|information|prefer|looking for|interested|like me|help with|need|asking)\b.*\?$" +
        @"|^(?:which|what) (?:one|version|kind|type|specific|exactly|do you|are you|would you)\b.*\?$|(?:您|你)(?:指|说)的是.*\?$|¿(?:qué|cuál|a cuál|podrías?)\b.*\?$|\b(?:que voulez-vous|pourriez-vous|lequel|laquelle)\b.*\?$|\b(?:welche\w?|könnten sie|meinen sie|meinst du)\b.*\?$|\b(?:qual|poderia)\b.*\?$|\b(?:какую|какой|какая|уточните)\b.*\?$";

    // Behind a question: "please tell me …", "please specify …". Giving, showing and sending are what an answer asks for too, so they need their object.
    private const string RequestToTellPatterns =
        @"^(?:so |and |if so,? )?(?:please|kindly|just|could you|can you)? ?(?:please )?(?:(?:tell|give|send|show) (?:me|us) (?:the|your|a|an|its|more|which|what|some|that)\b|let (?:me|us) know\b|(?:specify|clarify|confirm|state|name|provide) (?:the|your|a|an|its|more|which|what|whether|some|it)\b)" +
        @"|^(?:please|kindly) (?:specify|clarify|confirm)[.!? ]*$";

    private static readonly FrozenDictionary<string, RulePack> s_packs = Languages().ToFrozenDictionary(pack => pack.Language, StringComparer.Ordinal);

    /// <summary>The rules of a language, English when the text is too short to tell.</summary>
    /// <param name="language">BCP 47 tag or <see langword="null"/>.</param>
    public static RulePack For(string? language) => s_packs[language ?? "en"];

    /// <summary>All rule packs.</summary>
    public static ImmutableArray<RulePack> Languages() => [EnglishRules.Pack, .. WorldRules.Packs];

    /// <summary>A clarifying question.</summary>
    public static PatternSet Question { get; } = RulePack.Join(QuestionPatterns);

    /// <summary>A sentence that asks for the information a clarifying question is about.</summary>
    public static PatternSet RequestToTell { get; } = RulePack.Join(RequestToTellPatterns);

    /// <summary>Every pattern, for fingerprints.</summary>
    public static IEnumerable<string> All => [Version, .. Languages().SelectMany(pack => pack.All), .. TaskCues.Explicit, .. TaskCues.Turns, .. TaskCues.Alternative, .. TaskCues.Explaining, .. TaskCues.World, QuestionPatterns, RequestToTellPatterns];
}
