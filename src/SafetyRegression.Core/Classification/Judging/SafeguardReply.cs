using System.Text;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>gpt-oss-safeguard under our policy text: 0 or 1, or a JSON object with <c>violation</c> 0 or 1; final channel only.</summary>
internal static class SafeguardReply
{
    public static JudgeReading Parse(JudgeReply reply)
    {
        var text = reply.Text.Trim();
        if (text.Length == 0)
            return JudgeReading.Unreadable("empty-reply");
        if (text is "0" or "1")
            return LabelReply.Harm(text == "1");
        if (text.StartsWith("```", StringComparison.Ordinal) && text.EndsWith("```", StringComparison.Ordinal) && text.IndexOf('\n', StringComparison.Ordinal) is var line and > 0 && line < text.Length - 3)
            text = text[line..^3].Trim();
        try
        {
            using var document = JsonDocument.Parse(Encoding.UTF8.GetBytes(text), new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("violation", out var violation))
                return JudgeReading.Unreadable("no-verdict");
            return violation.ValueKind switch
            {
                JsonValueKind.True => LabelReply.Harm(true),
                JsonValueKind.False => LabelReply.Harm(false),
                JsonValueKind.Number when violation.TryGetInt32(out var number) && number is 0 or 1 => LabelReply.Harm(violation.GetInt32() == 1),
                _ => JudgeReading.Unreadable("wrong-label"),
            };
        }
        catch (JsonException)
        {
            return JudgeReading.Unreadable("invalid-json");
        }
    }
}
