namespace SafetyRegression;

/// <summary>How far a run is. Immutable; holds numbers only.</summary>
public sealed record RunProgress
{
    /// <summary>Planned answers, both arms together.</summary>
    public required int Planned { get; init; }

    /// <summary>Planned answers with an outcome, those of earlier calls included.</summary>
    public required int Done { get; init; }

    /// <summary>Of <see cref="Done"/>: found in the log when the run was resumed.</summary>
    public int Resumed { get; init; }

    /// <summary>Answers of this call that failed after all tries (a filter that refused the request is not a failure).</summary>
    public int Failed { get; init; }

    /// <summary>Answers of this call that came from the response cache.</summary>
    public int FromCache { get; init; }

    /// <summary>Calls made, tries included.</summary>
    public int Calls { get; init; }

    /// <summary>Calls in flight now.</summary>
    public int InFlight { get; init; }

    /// <summary>Tokens sent, as far as providers report them.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens received, as far as providers report them.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Cost so far; <see langword="null"/> when no price was given.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Time since this call started.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Two runs that belong together, one after the other.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    public static RunProgress operator +(RunProgress first, RunProgress second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return new RunProgress
        {
            Planned = first.Planned + second.Planned,
            Done = first.Done + second.Done,
            Resumed = first.Resumed + second.Resumed,
            Failed = first.Failed + second.Failed,
            FromCache = first.FromCache + second.FromCache,
            Calls = first.Calls + second.Calls,
            InFlight = second.InFlight,
            InputTokens = first.InputTokens + second.InputTokens,
            OutputTokens = first.OutputTokens + second.OutputTokens,
            Cost = first.Cost + second.Cost,
            Elapsed = first.Elapsed + second.Elapsed,
        };
    }

    /// <summary>Answers per second in this call; 0 before the first.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? (Done - Resumed) / Elapsed.TotalSeconds : 0;

    /// <summary>Time left at the rate so far; <see langword="null"/> before the first answer.</summary>
    public TimeSpan? Remaining => Rate > 0 ? TimeSpan.FromSeconds(Math.Min((Planned - Done) / Rate, TimeSpan.MaxValue.TotalSeconds / 2)) : null;
}
