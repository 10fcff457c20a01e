namespace SafetyRegression;

/// <summary>Who accepted a baseline, when and why.</summary>
public sealed record BaselineApproval
{
    /// <summary>Who.</summary>
    public required string By { get; init; }

    /// <summary>Why, in one sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>When (UTC).</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The last day (UTC) on which comparisons with it allow deployment without monitoring; <see langword="null"/> for no end.</summary>
    public DateOnly? Expires { get; init; }

    /// <summary>Whether it was accepted although its report recommended to block. Stays visible in every later report.</summary>
    public bool AgainstAdvice { get; init; }

    /// <summary>Whether it has expired.</summary>
    /// <param name="asOf">The time of the comparison; when it is not known, a baseline with an end has expired.</param>
    public bool IsExpired(DateTimeOffset? asOf) => Expires is { } last && (asOf is not { } time || DateOnly.FromDateTime(time.UtcDateTime) > last);
}
