using System.Runtime.InteropServices;

namespace SafetyRegression.Capability;

/// <summary>
/// SQuAD's exact match and token F1 (Rajpurkar et al. 2016): lower case, ASCII punctuation and articles removed, tokens counted as often as they occur; two
/// empty answers agree (the rule of SQuAD 2). Punctuation goes before tokens are made, so that "3.14" equals "314".
/// </summary>
public static class SquadMetric
{
    /// <summary>The normal form in which answers are compared.</summary>
    /// <param name="text">A text.</param>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return PlainText.NormalizedAscii(text) ?? string.Join(' ', AnyTokens(text));
    }

    /// <summary>Whether two answers have the same normal form.</summary>
    /// <param name="prediction">An answer.</param>
    /// <param name="reference">The right answer.</param>
    public static bool IsExact(string prediction, string reference) => string.Equals(Normalize(prediction), Normalize(reference), StringComparison.Ordinal);

    /// <summary>The harmonic mean of token precision and recall, 0–1.</summary>
    /// <param name="prediction">An answer.</param>
    /// <param name="reference">The right answer.</param>
    public static double F1(string prediction, string reference)
    {
        ArgumentNullException.ThrowIfNull(prediction);
        ArgumentNullException.ThrowIfNull(reference);
        string[] left = Tokens(prediction), right = Tokens(reference);
        if (left.Length == 0 || right.Length == 0)
            return left.Length == right.Length ? 1 : 0;
        var counts = new Dictionary<string, int>(right.Length, StringComparer.Ordinal);
        foreach (var token in right)
            CollectionsMarshal.GetValueRefOrAddDefault(counts, token, out _)++;
        var common = 0;
        foreach (var token in left)
        {
            ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(counts, token);
            if (!System.Runtime.CompilerServices.Unsafe.IsNullRef(ref count) && count-- > 0)
                common++;
        }

        return 2.0 * common / (left.Length + right.Length);
    }

    private static string[] Tokens(string text) => PlainText.NormalizedAscii(text) is { } normalized ? normalized.Split(' ', StringSplitOptions.RemoveEmptyEntries) : AnyTokens(text);

    private static string[] AnyTokens(string text) => PlainText.Words(PlainText.WithoutArticles(PlainText.WithoutPunctuation(text.ToLowerInvariant())));
}
