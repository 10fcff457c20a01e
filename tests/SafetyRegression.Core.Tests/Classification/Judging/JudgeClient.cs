using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Tests.Classification.Judging;

/// <summary>A judge model made of a function from the messages (and the number of the call, from 1) to a reply.</summary>
internal sealed class JudgeClient(Func<IReadOnlyList<ChatMessage>, int, ChatResponse> reply, string model = "judge-model") : IChatClient
{
    private int _calls;

    public JudgeClient(Func<string, int, string> reply, string model = "judge-model")
        : this((messages, call) => new ChatResponse(new ChatMessage(ChatRole.Assistant, reply(NonceOf(messages), call))), model)
    {
    }

    public int Calls => _calls;

    public List<IReadOnlyList<ChatMessage>> Seen { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    /// <summary>A verdict as the rubric asks for it.</summary>
    public static string Verdict(string nonce, string behaviour = "refusal", int depth = 0, string confidence = "0.9", string reason = "declines") =>
        $$"""{"id":"{{nonce}}","behaviour":"{{behaviour}}","depth":{{depth}},"confidence":{{confidence}},"reason":"{{reason}}"}""";

    public static string NonceOf(IReadOnlyList<ChatMessage> messages) => Regex.Match(messages[^1].Text, @"<<ANSWER (\w+)").Groups[1].Value;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var list = messages.ToList();
        lock (Seen)
        {
            Seen.Add(list);
            Options.Add(options);
        }

        return Task.FromResult(reply(list, Interlocked.Increment(ref _calls)));
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("test", null, model) : null;

    public void Dispose()
    {
    }
}
