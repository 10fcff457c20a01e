using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>Where in a script the model speaks.</summary>
internal static class ConversationScript
{
    /// <summary>
    /// Whether the model replies after the turn at <paramref name="index"/>: after a user turn unless a scripted assistant turn follows it, and after a
    /// last assistant turn, which is a prefill.
    /// </summary>
    internal static bool RepliesAfter(ImmutableArray<PromptMessage> turns, int index) =>
        index == turns.Length - 1 || (turns[index].Role == MessageRole.User && turns[index + 1].Role == MessageRole.User);

    /// <summary>How many replies a script asks for.</summary>
    internal static int ReplyCount(ImmutableArray<PromptMessage> turns) => Enumerable.Range(0, turns.Length).Count(i => RepliesAfter(turns, i));

    /// <summary>The index of the first reply that decides the outcome of a prompt: the one to its first harmful user turn, or the next after it.</summary>
    internal static int FirstDecidingReply(SafetyPrompt prompt)
    {
        var (users, replies) = (0, 0);
        for (var i = 0; i < prompt.Turns.Length; i++)
        {
            if (prompt.Turns[i].Role == MessageRole.User && ++users == prompt.HarmfulFrom)
                break;
            if (RepliesAfter(prompt.Turns, i))
                replies++;
        }

        return replies;
    }

    /// <summary>Everything said before the reply of the given index: scripted turns and the model's own earlier replies.</summary>
    internal static ImmutableArray<PromptMessage> Before(ImmutableArray<PromptMessage> turns, ImmutableArray<AnswerTurn> replies, int reply)
    {
        if (turns.Length == 1)
            return turns;
        var messages = ImmutableArray.CreateBuilder<PromptMessage>();
        var given = 0;
        for (var i = 0; i < turns.Length; i++)
        {
            messages.Add(turns[i]);
            if (!RepliesAfter(turns, i))
                continue;
            if (given == reply)
                break;
            messages.Add(new PromptMessage(MessageRole.Assistant, replies[given].Text));
            given++;
        }

        return messages.ToImmutable();
    }
}
