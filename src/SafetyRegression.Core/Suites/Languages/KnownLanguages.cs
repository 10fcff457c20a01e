using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// Names and resource tiers of languages, as data. Tiers follow each language's share of web text; near a border (Turkish, Vietnamese) other lists may say
/// otherwise, so a prompt's tag <c>tier:high</c>, <c>tier:medium</c> or <c>tier:low</c> overrides them.
/// </summary>
public static class KnownLanguages
{
    private const string TagPrefix = "tier:";

    private const string Table = """
        High: en English, zh Chinese, es Spanish, fr French, de German, ru Russian, ja Japanese, it Italian, pt Portuguese, pl Polish, nl Dutch, vi Vietnamese
        Medium: ar Arabic, bg Bulgarian, ca Catalan, cs Czech, da Danish, el Greek, et Estonian, fa Persian, fi Finnish, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, id Indonesian, ko Korean, lt Lithuanian, lv Latvian, nb Norwegian, no Norwegian, ro Romanian, sk Slovak, sl Slovenian, sr Serbian, sv Swedish, th Thai, tr Turkish, uk Ukrainian
        Low: af Afrikaans, am Amharic, az Azerbaijani, bn Bengali, cy Welsh, eu Basque, fil Filipino, ga Irish, gd Scottish Gaelic, gl Galician, gn Guarani, gu Gujarati, ha Hausa, hmn Hmong, hy Armenian, ig Igbo, is Icelandic, jv Javanese, ka Georgian, kk Kazakh, km Khmer, kn Kannada, lo Lao, ml Malayalam, mn Mongolian, mr Marathi, ms Malay, mt Maltese, my Burmese, ne Nepali, om Oromo, pa Punjabi, ps Pashto, qu Quechua, si Sinhala, so Somali, sq Albanian, st Southern Sotho, su Sundanese, sw Swahili, ta Tamil, te Telugu, tl Tagalog, tn Tswana, ur Urdu, uz Uzbek, xh Xhosa, yi Yiddish, yo Yoruba, zu Zulu
        """;

    /// <summary>The languages known by name, by tag.</summary>
    public static ImmutableSortedDictionary<string, LanguageInfo> All { get; } = Parse();

    /// <summary>Finds a language by its tag; a tag with a region or script (<c>zh-CN</c>) falls back on its language.</summary>
    /// <param name="tag">A BCP 47 tag.</param>
    /// <returns>The language; for an unknown one its tag in quotation marks and no tier.</returns>
    public static LanguageInfo Find(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return All.TryGetValue(tag, out var known) || All.TryGetValue(Primary(tag), out known)
            ? known with { Tag = tag, Name = Primary(tag).Length == tag.Length ? known.Name : $"{known.Name} ({tag})" }
            : new LanguageInfo(tag, $"'{tag}'", ResourceTier.Unknown);
    }

    /// <summary>The tier of a prompt: the one it is tagged with, or else the one of its language.</summary>
    /// <param name="prompt">The prompt.</param>
    public static ResourceTier TierOf(SafetyPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        foreach (var tag in prompt.Tags)
        {
            if (tag.StartsWith(TagPrefix, StringComparison.Ordinal) && Enum.TryParse<ResourceTier>(tag.AsSpan(TagPrefix.Length), ignoreCase: true, out var tier))
                return tier;
        }

        return Find(prompt.Language).Tier;
    }

    /// <summary>Whether a text has the form of a language tag: a language of 2–8 letters, then parts of 1–8 letters or digits (RFC 5646, well-formed).</summary>
    /// <param name="tag">The text.</param>
    public static bool IsTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var parts = tag.Split('-');
        return parts[0].Length is >= 2 and <= 8 && parts[0].All(char.IsAsciiLetter)
            && parts.Skip(1).All(part => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit));
    }

    internal static string Primary(string tag) => tag.Split('-')[0];

    private static ImmutableSortedDictionary<string, LanguageInfo> Parse() =>
        Table.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(": ", 2))
            .SelectMany(line => line[1].Split(", ").Select(entry => entry.Split(' ', 2)).Select(entry => new LanguageInfo(entry[0], entry[1], Enum.Parse<ResourceTier>(line[0]))))
            .ToImmutableSortedDictionary(language => language.Tag, language => language, StringComparer.OrdinalIgnoreCase);
}
