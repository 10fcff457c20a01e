namespace SafetyRegression.Running;

/// <summary>
/// Holds a run to its budget. Before each try its largest possible use is set aside; when only what is set aside for calls in flight stands in the way, the
/// try waits for them, so that the budget is used up without being passed.
/// </summary>
/// <param name="budget">The budget.</param>
/// <param name="time">The clock.</param>
/// <param name="before">What an earlier run has used of the same budget.</param>
internal sealed class BudgetMeter(RunBudget budget, TimeProvider time, RunProgress? before = null)
{
    private readonly Use _before = before is null ? default : new Use(before.Calls, before.InputTokens, before.OutputTokens, before.Cost ?? 0);
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private TaskCompletionSource? _changed;
    private Use _spent;
    private Use _held;
    private bool _priced;

    internal readonly record struct Use(int Calls, long Input, long Output, decimal Cost)
    {
        internal long Tokens => Input + Output;

        public static Use operator +(Use a, Use b) => new(a.Calls + b.Calls, a.Input + b.Input, a.Output + b.Output, a.Cost + b.Cost);

        public static Use operator -(Use a, Use b) => new(a.Calls - b.Calls, a.Input - b.Input, a.Output - b.Output, a.Cost - b.Cost);
    }

    /// <summary>The time left; <see langword="null"/> for no limit.</summary>
    internal TimeSpan? Left => budget.MaxDuration is { } longest ? TimeSpan.FromTicks(Math.Max(0, (longest - Elapsed).Ticks)) : null;

    /// <summary>What was used so far in this run, and whether prices are known.</summary>
    internal (Use Use, bool Priced) Spent
    {
        get
        {
            lock (_gate)
                return (_spent, _priced);
        }
    }

    /// <summary>Sets a try's largest use aside.</summary>
    /// <returns><see langword="null"/> when the try may go ahead; otherwise which budget ended.</returns>
    internal async ValueTask<RunEnd?> HoldAsync(Use largest, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (Elapsed >= budget.MaxDuration)
                    return RunEnd.TimeBudget;
                if (Exceeded(_spent + largest) is { } spent)
                    return spent;
                if (Exceeded(_spent + _held + largest) is null)
                {
                    _held += largest;
                    return null;
                }

                changed = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Books what a try really used.</summary>
    internal void Book(Use held, Use used, bool priced)
    {
        TaskCompletionSource? changed;
        lock (_gate)
        {
            _held -= held;
            _spent += used;
            _priced |= priced;
            (changed, _changed) = (_changed, null);
        }

        changed?.SetResult();
    }

    private TimeSpan Elapsed => (before?.Elapsed ?? TimeSpan.Zero) + time.GetElapsedTime(_start);

    private RunEnd? Exceeded(Use used) => ExceededBy(used + _before);

    private RunEnd? ExceededBy(Use use) =>
        use.Calls > budget.MaxCalls ? RunEnd.CallBudget
        : use.Tokens > budget.MaxTokens ? RunEnd.TokenBudget
        : use.Cost > budget.MaxCost ? RunEnd.CostBudget
        : null;
}
