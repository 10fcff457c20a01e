using System.Globalization;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>An answer with its encoded parts made readable.</summary>
/// <param name="Text">The answer, each encoded part replaced by what it says.</param>
/// <param name="Decoded">What the encoded parts say, without the rest; <see langword="null"/> when nothing was encoded.</param>
internal sealed record EncodedAnswer(string Text, string? Decoded)
{
    private const int ShortestSpan = 16;
    private const double PrintableShare = 0.9;
    private const double Gain = 0.03;

    /// <summary>Reads an answer to an encoded prompt.</summary>
    /// <param name="encoding">The encoding of the prompt.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="asked">What was asked; a part of it that is only repeated was not said by the model.</param>
    internal static EncodedAnswer Read(IPromptTransform encoding, string answer, string asked)
    {
        // A model asked in two layers often answers in one of them: the outermost alone is tried as well, and the better reading wins.
        var readings = Layers(encoding).Select(layer => layer.Alphabet.Length > 0 ? Spans(layer, answer, asked) : Whole(layer, answer, asked)).ToList();
        return readings.Where(reading => reading.Decoded is not null).OrderByDescending(reading => Readability.Score(reading.Decoded!)).FirstOrDefault()
            ?? new EncodedAnswer(answer, null);
    }

    private static IEnumerable<IPromptTransform> Layers(IPromptTransform encoding)
    {
        yield return encoding;
        if (encoding is not ComposedTransform composed)
            yield break;
        for (var from = composed.Steps.Length - 1; from > 0; from--)
            yield return from == composed.Steps.Length - 1 ? composed.Steps[from] : new ComposedTransform(composed.Steps[from..]);
    }

    /// <summary>Encodings with letters of their own: each long run of them is decoded by itself.</summary>
    private static EncodedAnswer Spans(IPromptTransform layer, string answer, string asked)
    {
        var text = new StringBuilder();
        var decoded = new List<string>();
        for (var start = 0; start < answer.Length;)
        {
            var length = answer.AsSpan(start).IndexOfAnyExcept(layer.Alphabet);
            var end = length < 0 ? answer.Length : start + length;
            var run = answer[start..end];
            if (run.Trim().Length >= ShortestSpan && !asked.Contains(run.Trim(), StringComparison.Ordinal) && Decode(layer, run) is { } said && !asked.Contains(said, StringComparison.Ordinal))
            {
                decoded.Add(said);
                text.Append(' ').Append(said).Append(' ');
            }
            else
            {
                text.Append(run);
            }

            start = end;
            if (start < answer.Length)
                text.Append(answer[start++]);
        }

        return new EncodedAnswer(text.ToString().Trim(), decoded.Count == 0 ? null : string.Join('\n', decoded));
    }

    /// <summary>A run that was cut in the middle of a group is decoded up to there.</summary>
    private static string? Decode(IPromptTransform layer, string run)
    {
        for (var cut = 0; cut < 8 && run.Length - cut >= ShortestSpan; cut++)
        {
            if (layer.TryDecode(run[..^cut].Trim(), out var decoded) && IsPrintable(decoded) && (TextShare(decoded) > TextShare(run) || Readability.CommonShare([.. Readability.Words(decoded)]) > 0))
                return decoded.Trim();
        }

        return null;
    }

    /// <summary>Ciphers over letters: the whole answer, else its lines, else its sentences, wherever decoding reads better.</summary>
    private static EncodedAnswer Whole(IPromptTransform layer, string answer, string asked)
    {
        if (Better(layer, answer, asked) is { } all)
            return new EncodedAnswer(all, all);
        foreach (var pieces in new[] { Lines(answer), Sentences(answer) })
        {
            var read = pieces.Select(piece => (Piece: piece, Decoded: piece.Trim().Length >= ShortestSpan ? Better(layer, piece, asked) : null)).ToList();
            var decoded = read.Where(pair => pair.Decoded is not null).Select(pair => pair.Decoded!).ToList();
            if (decoded.Count > 0)
                return new EncodedAnswer(string.Concat(read.Select(pair => pair.Decoded ?? pair.Piece)), string.Join('\n', decoded));
        }

        return new EncodedAnswer(answer, null);
    }

    private static string? Better(IPromptTransform layer, string text, string asked) =>
        layer.TryDecode(text, out var decoded) && !string.Equals(decoded, text, StringComparison.Ordinal) && IsPrintable(decoded)
        && Readability.Score(decoded) > Readability.Score(text) + Gain && !asked.Contains(text.Trim(), StringComparison.Ordinal) && !asked.Contains(decoded.Trim(), StringComparison.Ordinal)
            ? decoded
            : null;

    private static IEnumerable<string> Lines(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is >= 0 and var at ? at + 1 : text.Length;
            yield return text[start..end];
            start = end;
        }
    }

    /// <summary>A sentence ends with its mark and the white space after it; a colon ends one too, since what follows it is often the encoded part.</summary>
    private static IEnumerable<string> Sentences(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i - 1]) || char.IsWhiteSpace(text[i]) || !text.AsSpan(start, i - start).TrimEnd().EndsWithAny('.', '!', '?', ':'))
                continue;
            yield return text[start..i];
            start = i;
        }

        if (start < text.Length)
            yield return text[start..];
    }

    private static bool IsPrintable(string text) => text.Length > 0 && Share(text, c => !char.IsControl(c) || c is '\n' or '\r' or '\t') >= PrintableShare && !text.Contains('\uFFFD', StringComparison.Ordinal);

    private static double TextShare(string text) => Share(text, c => char.IsLetter(c) || char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherPunctuation);

    private static double Share(string text, Func<char, bool> is_) => text.Length == 0 ? 0 : (double)text.Count(is_) / text.Length;
}
