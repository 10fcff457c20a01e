namespace SafetyRegression.Running;

/// <summary>What was spent, against what may be. Safe for concurrent use.</summary>
internal sealed class AttackMeter(RunBudget budget, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private int _calls;
    private long _tokens;

    internal int Calls => Volatile.Read(ref _calls);

    internal long Tokens => Volatile.Read(ref _tokens);

    /// <summary>Why no further call may be made; <see langword="null"/> when one may.</summary>
    internal AttackEnd? Spent(int calls) =>
        Calls + calls > budget.MaxCalls ? AttackEnd.CallsSpent
        : Tokens >= budget.MaxTokens ? AttackEnd.TokensSpent
        : budget.MaxDuration is { } longest && time.GetElapsedTime(_start) >= longest ? AttackEnd.TimeSpent
        : null;

    internal void Add(int calls, long tokens)
    {
        Interlocked.Add(ref _calls, calls);
        Interlocked.Add(ref _tokens, tokens);
    }
}
