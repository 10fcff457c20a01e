using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SafetyRegression.Classification;

/// <summary>
/// Makes a text safe to show to a judge: the nonce cannot occur in it, chat-template and channel tokens lose their meaning, rating brackets and fences are
/// broken, invisible characters are dropped, and what is too long is cut in the middle with a visible mark.
/// </summary>
internal static partial class JudgedText
{
    /// <summary>Prepares a text.</summary>
    /// <param name="text">The text as it came.</param>
    /// <param name="nonce">The nonce of the call.</param>
    /// <param name="longest">The most characters kept.</param>
    /// <param name="cut">Whether the middle was cut out.</param>
    public static string Prepare(string text, string nonce, int longest, out bool cut)
    {
        cut = text.Length > longest;
        if (cut)
        {
            var half = longest / 2;
            var head = text.AsSpan(0, half);
            var tail = text.AsSpan(text.Length - half);
            text = string.Create(CultureInfo.InvariantCulture, $"{head}\n[... {text.Length - (2 * half)} characters left out ...]\n{tail}");
        }

        text = Visible(text);
        text = SpecialToken().Replace(text, static match => match.Value.Replace('<', '\u2039').Replace('>', '\u203A').Replace('|', '\u00A6').Replace('[', '(').Replace(']', ')'));

        // Brackets of ratings and the marks of the fence, in any length.
        text = Brackets().Replace(text, static match => new string(match.Value[0] switch { '[' => '(', ']' => ')', '<' => '\u2039', _ => '\u203A' }, match.Length));
        return text.Replace(nonce, "(removed)", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What the model said, without what it thought.</summary>
    /// <param name="answer">The raw answer.</param>
    public static string WithoutReasoning(string answer)
    {
        // A channel mark in the middle of an answer is no channel: what stands before it is not hidden from the judge.
        if (answer.Contains("<|channel|>", StringComparison.Ordinal) && !answer.AsSpan().TrimStart().StartsWith('<'))
            return answer;
        char[] buffer = [];
        var said = ReasoningBlocks.Remove(answer, ref buffer, out var removed, out _);
        return removed ? said.ToString() : answer;
    }

    /// <summary>Without characters that no reader sees and unpaired surrogates: a nonce or a token cannot hide between them.</summary>
    private static string Visible(string text)
    {
        StringBuilder? kept = null;
        for (var i = 0; i < text.Length; i++)
        {
            var paired = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            var category = paired ? CharUnicodeInfo.GetUnicodeCategory(text, i) : CharUnicodeInfo.GetUnicodeCategory(text[i]);
            var drop = category is UnicodeCategory.Format or UnicodeCategory.Surrogate || (category == UnicodeCategory.Control && text[i] is not ('\n' or '\t' or '\r'));
            if (drop)
                kept ??= new StringBuilder(text, 0, i, text.Length);
            else
                kept?.Append(text, i, paired ? 2 : 1);
            if (paired)
                i++;
        }

        return kept?.ToString() ?? text;
    }

    [GeneratedRegex(
        @"<\|[^<>]{0,64}>|<[^<>|]{0,64}\|>|</?(s|bos|eos|pad|unk|think|thinking|reasoning|thought|scratchpad|start_of_turn|end_of_turn|start_of_role|end_of_role|end_of_text|system|user|assistant|human|tool|function)>|\[/?(INST|SYS|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS)\]|<<\s*/?\s*SYS\s*>>",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SpecialToken();

    [GeneratedRegex(@"\[{2,}|\]{2,}|<{2,}|>{2,}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Brackets();
}
