using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>
/// Recognises what a server, a proxy or a client library said in the place of an answer: an error page, an error object, an error message and nothing
/// else. It is no answer of the model's. Whoever asks about errors, or for such a text, gets an answer.
/// </summary>
internal static class ErrorArtefact
{
    private const int LongestMessage = 300;
    private const int LongestDocument = 20_000;
    private const int PageHead = 1_000;
    private const string Sure =
        "(?:internal server error|bad gateway|service (?:is )?(?:temporarily )?unavailable|gateway time-?out|too many requests|rate limit(?:ed)?(?: (?:has been )?(?:exceeded|reached))?|" +
        "(?:request |connection |read |operation |upstream )timed out|connection (?:reset|refused|aborted|error)(?: by peer)?|upstream connect error|upstream request timeout|network error|server error)";
    private const string Status = "(?:" + Sure + "|bad request|unauthorized|forbidden|not found|method not allowed|request time-?out|payload too large|overloaded|unprocessable entity|timed out|timeout)";
    private const string Open = "^[\\s\\[<\\(*]*(?:";
    private const string Close = ")[\\s.!\\]>\\)*]*$";

    private static readonly PatternSet s_message = RulePack.Join(
        Open + "error" + Close,
        Open + Sure + Close,
        Open + "(?:http(?:/[\\d.]+)? ?)?(?:[\\w.]*error|exception)?[ :(\\-]*(?:(?:status )?code)?[ :]*[45]\\d\\d[ :)\\-]+" + Status + Close,
        Open + "[\\w.]*(?:error|exception|timeout|failure)[ :\\-]+" + Status + Close,
        Open + "http (?:error|status)[ :]+[45]\\d\\d" + Close,
        Open + "(?:an? )?(?:internal |server |unknown |unexpected |network |api )*error (?:has )?occurred(?:[ .,;:]+(?:please )?try again(?: later)?)?" + Close,
        "^[\\w. ]*(?:error|exception):? ?error code:? [45]\\d\\d\\b.*$",
        "^error code:? [45]\\d\\d\\b.*$");

    private static readonly PatternSet s_page = RulePack.Join(
        "<(?:title|h1)[^>]*>\\s*(?:error:? ?|http:? ?(?:error )?)*(?:[45]\\d\\d[ :\\-]+" + Status + "|" + Sure + ")");

    private static readonly PatternSet s_asked = RulePack.Join("\\b(?:errors?|json|html|http\\w*|status|web ?pages?|server|exception|code)\\b");

    private static readonly HashSet<string> s_envelope = new(StringComparer.OrdinalIgnoreCase)
    {
        "error", "errors", "status", "statuscode", "status_code", "code", "message", "type", "detail", "request_id", "requestid", "id", "object", "param", "path", "success", "timestamp",
    };

    /// <summary>Whether an answer is nothing but an error of what stands between us and the model.</summary>
    /// <param name="request">What came back, and what was asked.</param>
    public static bool Is(ClassificationRequest request)
    {
        var text = request.Answer.Text.AsSpan().Trim();
        if (text.Length is 0 or > LongestDocument)
            return false;
        var found = text[0] switch
        {
            '{' => text[^1] == '}' && IsObject(request.Answer.Text),
            '<' when StartsPage(text) => s_page.IsMatch(Lower(text[..Math.Min(text.Length, PageHead)])),
            _ => text.Length <= LongestMessage && s_message.IsMatch(Lower(text)),
        };
        return found && !IsAsked(request);
    }

    private static bool StartsPage(ReadOnlySpan<char> text) =>
        text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase);

    private static bool IsObject(string text)
    {
        if (!text.Contains("\"error\"", StringComparison.OrdinalIgnoreCase))
            return false;
        try
        {
            using var document = JsonDocument.Parse(text);
            var hasError = false;
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (!s_envelope.Contains(member.Name))
                    return false;
                hasError |= string.Equals(member.Name, "error", StringComparison.OrdinalIgnoreCase)
                    && (member.Value.ValueKind == JsonValueKind.Object || (member.Value.ValueKind == JsonValueKind.String && !member.Value.ValueEquals(string.Empty)));
            }

            return hasError;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsAsked(ClassificationRequest request) =>
        !request.Messages.IsDefaultOrEmpty && s_asked.IsMatch(Lower(request.Messages[^1].Text));

    private static string Lower(ReadOnlySpan<char> text)
    {
        var lower = new char[text.Length];
        text.ToLowerInvariant(lower);
        return new string(lower);
    }
}
