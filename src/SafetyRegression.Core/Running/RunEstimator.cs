namespace SafetyRegression.Running;

/// <summary>Adds up what is left of a plan.</summary>
internal static class RunEstimator
{
    internal const int CharactersPerToken = 2;
    internal const int TokensPerMessage = 8;

    internal static RunEstimate Estimate(RunPlan plan, IReadOnlyList<(Arm Arm, TokenPrice? Price)> targets, SafetyRunOptions options, Func<AnswerKey, bool> isDone)
    {
        var longest = new GenerationOptions(options).For(seed: null).MaxOutputTokens;
        var (calls, inputs, outputs, cost, priced) = (0, 0L, 0L, 0m, longest is not null);
        foreach (var (arm, price) in targets)
        {
            var (armCalls, armInputs) = (0, 0L);
            foreach (var item in plan.Items)
            {
                var left = Enumerable.Range(0, options.SamplesPerPrompt).Count(sample => !isDone(new AnswerKey(item.Id, sample, arm)));
                var replies = ConversationScript.ReplyCount(item.Turns);
                armCalls += left * replies;
                armInputs += left * InputOf(item, replies, longest ?? 0);
            }

            var armOutputs = (long)armCalls * (longest ?? 0);
            (calls, inputs, outputs) = (calls + armCalls, inputs + armInputs, outputs + armOutputs);
            priced &= price is not null;
            cost += price?.Of(armInputs, armOutputs) ?? 0;
        }

        return new RunEstimate
        {
            Planned = plan.Items.Length * options.SamplesPerPrompt * targets.Count,
            Calls = calls,
            InputTokens = inputs,
            OutputTokens = longest is null ? null : outputs,
            Cost = priced ? cost : null,
        };
    }

    /// <summary>Every reply is sent all that was said before it.</summary>
    private static long InputOf(RunItem item, int replies, int longest)
    {
        long script = TokensPerMessage + ((item.SystemPrompt?.Length ?? 0) / CharactersPerToken)
            + item.Turns.Sum(turn => (long)TokensPerMessage + (turn.Text.Length / CharactersPerToken));
        return (script * replies) + ((long)longest * replies * (replies - 1) / 2);
    }
}
