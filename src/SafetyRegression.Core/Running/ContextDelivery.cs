namespace SafetyRegression.Running;

/// <summary>
/// Whether a system prompt reached the model: the provider must have counted more tokens for a prompt with it than for the same turns without it. When it did
/// not, the variant was never tested, and its answers say nothing. Without token counts, or without the plain prompt in the suite, nothing is claimed.
/// </summary>
internal sealed class ContextDelivery(SafetySuite suite, int samples)
{
    private readonly long[] _tokens = new long[suite.Prompts.Length];

    /// <summary>Notes what the provider counted for one answer; of several samples the last counts, since all send the same.</summary>
    internal void Note(int place, ModelAnswer answer)
    {
        if (answer is { InputTokens: { } tokens, Attempts: > 0 })
            Volatile.Write(ref _tokens[place], tokens);
    }

    /// <summary>Takes the verdicts away from answers to prompts whose system prompt was dropped.</summary>
    internal void Apply(SampleVerdict?[] verdicts)
    {
        var plain = new Dictionary<(string Seed, string Turns), int>();
        for (var place = 0; place < suite.Prompts.Length; place++)
        {
            if (suite.Prompts[place].SystemPrompt is null && _tokens[place] > 0)
                plain.TryAdd(KeyOf(suite.Prompts[place]), place);
        }

        if (CountsNothing(plain.Values))
            return;
        for (var place = 0; place < suite.Prompts.Length; place++)
        {
            if (suite.Prompts[place].SystemPrompt is null || _tokens[place] == 0 || !plain.TryGetValue(KeyOf(suite.Prompts[place]), out var sibling) || _tokens[place] > _tokens[sibling])
                continue;
            for (var i = place * samples; i < (place + 1) * samples; i++)
            {
                if (verdicts[i] is { } verdict)
                    verdicts[i] = verdict with { Verdict = ResponseVerdict.Undetermined(verdict.Verdict.Classifier, UndeterminedReason.NotDelivered, "system-prompt-dropped") };
            }
        }
    }

    /// <summary>A provider that counts the same for prompts of different lengths does not count.</summary>
    private bool CountsNothing(IReadOnlyCollection<int> places) =>
        places.Select(place => _tokens[place]).Distinct().Take(2).Count() == 1 && places.Select(place => suite.Prompts[place].Turns.Sum(turn => turn.Text.Length / 8)).Distinct().Take(2).Count() == 2;

    /// <summary>Single-turn prompts only: what a conversation sends depends on the replies.</summary>
    private static (string Seed, string Turns) KeyOf(SafetyPrompt prompt) =>
        (prompt.SeedId, ConversationScript.ReplyCount(prompt.Turns) > 1 ? prompt.Id : string.Join('\u001F', prompt.Turns.Select(turn => turn.Text)));
}
