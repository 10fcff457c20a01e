namespace SafetyRegression;

/// <summary>
/// What ties a report to its evidence bundle: the hash of the plan and the head of the hash chain over the outcomes. Whoever keeps a copy of the head (a
/// message, a ticket, a printed page) can tell later whether a bundle is the one the report was made from.
/// </summary>
public sealed record ReportSeal
{
    /// <summary>SHA-256 (lower-case hexadecimal) of <c>plan.json</c>.</summary>
    public required string Plan { get; init; }

    /// <summary>When the plan was fixed.</summary>
    public required PlanTiming Timing { get; init; }

    /// <summary>When the run that froze the plan was created, by the clock of the machine that ran it; <see langword="null"/> when unknown.</summary>
    public DateTimeOffset? FrozenAt { get; init; }

    /// <summary>SHA-256 of the plan that was frozen before the run, when this is another one.</summary>
    public string? OriginalPlan { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) of the last line of <c>outcomes.jsonl</c>, which commits to every line before it and to the plan.</summary>
    public required string Head { get; init; }

    /// <summary>How many lines the chain has.</summary>
    public required int Records { get; init; }
}
