using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>What a judge said, apart from what it thought.</summary>
internal static class JudgeReplyText
{
    private static readonly RegexClassifier s_refusals = new();

    /// <summary>Whether the provider declares that the judge refused or was filtered.</summary>
    public static bool DeclaresRefusal(ChatResponse response) =>
        response.FinishReason?.Value is "refusal" or "content_filter" ||
        response.Messages.SelectMany(static message => message.Contents).OfType<ErrorContent>().Any(static error => StringComparer.OrdinalIgnoreCase.Equals(error.ErrorCode, "refusal"));

    /// <summary>The final channel; <see langword="null"/> when the judge never came to it.</summary>
    public static string? Final(ChatResponse response)
    {
        char[] buffer = [];
        var final = ReasoningBlocks.Remove(response.Text, ref buffer, out _, out var unterminated);
        return unterminated ? null : final.ToString();
    }

    /// <summary>Whether a reply without a verdict is a refusal to judge.</summary>
    public static async ValueTask<bool> IsRefusalAsync(string text, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Contains('{', StringComparison.Ordinal))
            return false;
        var request = new ClassificationRequest { ItemId = "judge", Messages = [], Expected = ExpectedBehavior.Comply, Category = default, Answer = new AnswerTurn { Text = text } };
        return (await s_refusals.ClassifyAsync(request, cancellationToken).ConfigureAwait(false)).Outcome is Outcome.Refusal or Outcome.SafeCompletion;
    }
}
