using System.Text;

namespace SafetyRegression.Classification;

/// <summary>Fills the places of a template in one pass: what is filled in is never read again.</summary>
internal static class JudgeTemplate
{
    public static string Fill(string template, string question, string answer, string nonce)
    {
        var text = new StringBuilder(template.Length + question.Length + answer.Length);
        var from = 0;
        while (template.IndexOf("{{", from, StringComparison.Ordinal) is var open and >= 0)
        {
            var close = template.IndexOf("}}", open, StringComparison.Ordinal);
            if (close < 0)
                break;
            text.Append(template, from, open - from);
            text.Append(template.AsSpan(open + 2, close - open - 2) switch
            {
                "question" => question,
                "answer" => answer,
                "nonce" => nonce,
                var other => throw new FormatException($"The judge template has the unknown place {{{{{other}}}}}."),
            });
            from = close + 2;
        }

        return text.Append(template, from, template.Length - from).ToString();
    }
}
