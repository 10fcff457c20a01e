using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Running;

/// <summary>From a chat response to our own type.</summary>
/// <remarks>
/// A refusal declared by the provider arrives as <see cref="ErrorContent"/> with the error code "refusal", or as the finish reason "refusal" (what adapters
/// make of Anthropic's <c>stop_reason</c>).
/// </remarks>
internal static class AnswerCapture
{
    private const string Refusal = "refusal";

    internal static AnswerTurn TurnOf(ChatResponse response, int index, string? transcriptHash)
    {
        var declared = DeclaredRefusalIn(response);
        var reason = response.FinishReason?.Value;
        return new AnswerTurn
        {
            Index = index,
            Text = Whole(response.Text),
            Finish = declared is not null ? AnswerFinish.Refusal : AnswerFinishes.Parse(reason),
            RawFinish = reason,
            DeclaredRefusal = declared is null ? null : Whole(declared),
            TranscriptHash = transcriptHash,
        };
    }

    internal static List<ChatMessage> MessagesOf(RunItem item, ImmutableArray<AnswerTurn> replies, int reply)
    {
        var before = ConversationScript.Before(item.Turns, replies, reply);
        var messages = new List<ChatMessage>(before.Length + 1);
        if (item.SystemPrompt is not null)
            messages.Add(new ChatMessage(ChatRole.System, item.SystemPrompt));
        foreach (var message in before)
        {
            // A reply without text cannot be quoted back: providers refuse empty messages.
            if (message.Text.Length > 0)
                messages.Add(new ChatMessage(RoleOf(message.Role), message.Text));
        }

        return messages;
    }

    /// <summary>SHA-256 over all that is said before a reply.</summary>
    internal static string TranscriptHash(List<ChatMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in messages)
            hash.AppendData(Encoding.UTF8.GetBytes($"{message.Role.Value}:{message.Text.Length}:{message.Text}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string? DeclaredRefusalIn(ChatResponse response)
    {
        foreach (var message in response.Messages)
        {
            foreach (var content in message.Contents)
            {
                if (content is ErrorContent error && StringComparer.OrdinalIgnoreCase.Equals(error.ErrorCode, Refusal))
                    return error.Message;
            }
        }

        return null;
    }

    private static ChatRole RoleOf(MessageRole role) => role switch
    {
        MessageRole.Assistant => ChatRole.Assistant,
        MessageRole.System => ChatRole.System,
        _ => ChatRole.User,
    };

    /// <summary>Unpaired surrogates become U+FFFD, so that what is hashed is what can be written and read back.</summary>
    private static string Whole(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
