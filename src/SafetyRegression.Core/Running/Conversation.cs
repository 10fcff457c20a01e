using System.Collections.Immutable;

namespace SafetyRegression.Running;

/// <summary>Plays one item to one arm: every reply the script asks for, from wherever an interrupted conversation stopped.</summary>
internal sealed class Conversation(CallPipeline pipeline, GenerationOptions generation, CachedReplies? cache, RunLog log, TimeProvider time)
{
    internal async ValueTask<ModelAnswer> AskAsync(RunItem item, AnswerKey key, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var seed = generation.SeedOf(key.ItemId, key.Sample);
        var replies = ConversationScript.ReplyCount(item.Turns);
        var turns = replies > 1 ? Known(item, log.OpenTurns(key)) : [];
        var (attempts, input, output) = (0, (long?)null, (long?)null);
        CallFailure? failure = null;
        string? model = null;
        while (turns.Length < replies)
        {
            var messages = AnswerCapture.MessagesOf(item, turns, turns.Length);
            var transcript = replies > 1 ? AnswerCapture.TranscriptHash(messages) : null;
            var cacheKey = cache?.KeyOf(messages, seed, key.Sample);
            var reply = cacheKey is null ? null : await cache!.FindAsync(cacheKey, turns.Length, transcript, cancellationToken).ConfigureAwait(false);
            if (reply is null)
            {
                var outcome = await pipeline.CallAsync(messages, generation.For(seed), cancellationToken).ConfigureAwait(false);
                attempts += outcome.Tries;
                if (outcome.Response is not { } response)
                {
                    failure = outcome.Failure;
                    break;
                }

                reply = new CachedReplies.Reply(
                    AnswerCapture.TurnOf(response, turns.Length, transcript), response.ModelId, response.Usage?.InputTokenCount, response.Usage?.OutputTokenCount);
                if (cacheKey is not null)
                    await cache!.StoreAsync(cacheKey, reply, cancellationToken).ConfigureAwait(false);
            }

            input = Sum(input, reply.InputTokens);
            output = Sum(output, reply.OutputTokens);
            turns = turns.Add(reply.Turn);
            model = reply.Model ?? model;
            if (turns.Length < replies)
                await log.AppendTurnAsync(key, turns[^1]).ConfigureAwait(false);
        }

        return new ModelAnswer
        {
            ItemId = key.ItemId,
            Sample = key.Sample,
            Arm = key.Arm,
            Status = turns.Length < replies ? AnswerStatus.Failed : AnswerStatus.Answered,
            Failure = failure,
            Model = model,
            Seed = seed,
            Turns = turns,
            InputTokens = input,
            OutputTokens = output,
            Attempts = attempts,
            Duration = time.GetElapsedTime(start),
            CompletedAt = time.GetUtcNow(),
        };
    }

    /// <summary>The replies recorded before the interruption, as far as what was said before each of them is what would be said now.</summary>
    private static ImmutableArray<AnswerTurn> Known(RunItem item, ImmutableArray<AnswerTurn> recorded)
    {
        var turns = ImmutableArray<AnswerTurn>.Empty;
        foreach (var turn in recorded)
        {
            if (turn.Index == turns.Length && turn.TranscriptHash == AnswerCapture.TranscriptHash(AnswerCapture.MessagesOf(item, turns, turns.Length)))
                turns = turns.Add(turn);
        }

        return turns;
    }

    private static long? Sum(long? a, long? b) => a is null ? b : a + (b ?? 0);
}
