using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SafetyRegression.SelfTest;

/// <summary>A model that says what a function tells it to, and counts tokens as providers do: four characters to one.</summary>
/// <param name="model">Its model id.</param>
/// <param name="say">What it says.</param>
/// <param name="dropsSystemPrompts">Whether what stands in system messages is lost on the way.</param>
internal sealed class ScriptedChatClient(string model, Func<IReadOnlyList<ChatMessage>, ScriptedReply> say, bool dropsSystemPrompts = false) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        List<ChatMessage> seen = [.. dropsSystemPrompts ? messages.Where(message => message.Role != ChatRole.System) : messages];
        var reply = say(seen);
        var tokens = seen.Sum(message => 3 + (message.Text.Length / 4));
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply.Text))
        {
            ModelId = model,
            FinishReason = reply.Finish ?? ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = tokens, OutputTokenCount = 1 + (reply.Text.Length / 4) },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("self-test", providerUri: null, model)
        : serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }
}
