using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>The host's phrases, normalised and compiled once.</summary>
internal sealed class HostPhrases
{
    private readonly SearchValues<string>? _refusals;
    private readonly SearchValues<string>? _harmless;
    private readonly SearchValues<string>? _filters;
    private readonly ImmutableArray<string> _all;

    /// <summary>Compiles the phrases of the options, which may change afterwards without effect.</summary>
    /// <param name="options">The options, or <see langword="null"/> for the defaults.</param>
    public HostPhrases(TextClassifierOptions? options)
    {
        options ??= new TextClassifierOptions();
        _refusals = Compile(options.RefusalPhrases, out var refusals);
        _harmless = Compile(options.HarmlessPhrases, out var harmless);
        _filters = Compile(options.FilterPhrases, out var filters);
        AbstainBelow = options.AbstainBelow;
        _all = [.. refusals, "/", .. harmless, "/", .. filters];
    }

    /// <summary>The least confidence with which a classifier decides.</summary>
    public double AbstainBelow { get; }

    /// <summary>Whether the text is a filter's canned sentence: short, or opening with it.</summary>
    /// <param name="text">The normalised text.</param>
    public bool IsFilter(ReadOnlySpan<char> text) => _filters is not null && text[..Math.Min(text.Length, 240)].ContainsAny(_filters);

    /// <summary>Whether a sentence is none of a decline in this deployment.</summary>
    /// <param name="sentence">The sentence.</param>
    public bool IsHarmless(ReadOnlySpan<char> sentence) => _harmless is not null && sentence.ContainsAny(_harmless);

    /// <summary>The first refusal phrase of the host in the opening of a text.</summary>
    /// <param name="text">The normalised text.</param>
    public StanceReading Find(ReadOnlySpan<char> text)
    {
        if (_refusals is null)
            return default;
        var at = text[..Math.Min(text.Length, 480)].IndexOfAny(_refusals);
        if (at < 0)
            return default;
        var walker = new SentenceWalker(text);
        while (walker.MoveNext())
        {
            if (walker.End > at)
                return new StanceReading(StanceKind.HostPhrase, walker.Start, walker.End);
        }

        return default;
    }

    /// <summary>A hash over a classifier's parts and these phrases.</summary>
    /// <param name="parts">Everything else that decides a verdict.</param>
    public string Fingerprint(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts.Concat(["normalizer", TextNormalizer.Version, "preconditions", TextPreconditions.Version, "phrases"]).Concat(_all).Append(AbstainBelow.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static SearchValues<string>? Compile(IEnumerable<string> phrases, out ImmutableArray<string> normalized)
    {
        normalized = [.. phrases.Where(phrase => !string.IsNullOrWhiteSpace(phrase)).Select(phrase => TextNormalizer.Normalize(phrase).Text).Where(text => text.Length > 0)];
        return normalized.IsEmpty ? null : SearchValues.Create(normalized.AsSpan(), StringComparison.Ordinal);
    }
}
