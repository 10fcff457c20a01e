using Microsoft.Extensions.AI;

namespace SafetyRegression.SelfTest;

/// <summary>What a scripted model returns.</summary>
/// <param name="Text">The text.</param>
/// <param name="Finish">What ended it; <see langword="null"/> for an ordinary end.</param>
internal sealed record ScriptedReply(string Text, ChatFinishReason? Finish = null)
{
    public static implicit operator ScriptedReply(string text) => new(text);
}
