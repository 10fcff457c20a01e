namespace SafetyRegression.Capability;

/// <summary>The part of an answer that states the result: after the last "answer:", "answer is", <c>####</c> or in <c>\boxed{}</c>, else the last line.</summary>
internal static class FinalAnswer
{
    private static readonly string[] _marks = ["answer:", "answer is", "answer =", "####", "final answer"];

    internal static string Of(string text)
    {
        if (Boxed(text) is { } boxed)
            return boxed;
        var (start, end) = (-1, 0);
        var marked = text.Contains("answer", StringComparison.OrdinalIgnoreCase) || text.Contains("####", StringComparison.Ordinal);
        foreach (var mark in marked ? _marks : [])
        {
            var at = text.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at > start)
                (start, end) = (at, at + mark.Length);
        }

        if (start >= 0)
        {
            var tail = text.AsSpan(end).TrimStart(" \t:=*").TrimStart();
            var stop = tail.IndexOfAny('\r', '\n');
            return (stop < 0 ? tail : tail[..stop]).Trim().ToString();
        }

        var trimmed = text.AsSpan().Trim();
        return trimmed[(trimmed.LastIndexOfAny('\r', '\n') + 1)..].Trim().ToString();
    }

    private static string? Boxed(string text)
    {
        var at = text.LastIndexOf("\\boxed{", StringComparison.Ordinal);
        if (at < 0)
            return null;
        var depth = 1;
        for (var i = at + 7; i < text.Length; i++)
        {
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                return text[(at + 7)..i];
        }

        return null;
    }
}
