namespace SafetyRegression.Gating;

/// <summary>How many pairs would decide an inconclusive finding, always with what the number takes for granted.</summary>
internal static class PairsText
{
    /// <summary>One clause; empty when nothing can be said, or nothing is open.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="pairs">Its scored pairs: a number that it has already is never said to be needed.</param>
    internal static string Clause(PairedFinding finding, int pairs) => finding.Status != RegressionStatus.Inconclusive
        ? string.Empty
        : (finding.PairsAssumption, finding.PairsNeeded) switch
        {
            (PairsAssumption.RegressionAsSeen, { } needed) => $"more pairs would not clear a change of this size, about {needed} would show it as a regression",
            (PairsAssumption.RegressionAsSeen, null) => "more pairs would not clear a change of this size",
            (_, null) => string.Empty,
            (_, { } needed) when needed <= pairs => string.Empty,
            (PairsAssumption.NothingChanged, { } needed) => $"about {Say.Count(needed, "pair", "pairs")} needed if nothing changed",
            (PairsAssumption.ChangeAsSeen, { } needed) => $"about {Say.Count(needed, "pair", "pairs")} needed if the change is as seen",
            (_, { } needed) => $"about {Say.Count(needed, "pair", "pairs")} needed",
        };

    /// <summary>The clause behind a semicolon, or nothing.</summary>
    internal static string Appended(PairedFinding finding, int pairs) => Clause(finding, pairs) is { Length: > 0 } clause ? "; " + clause : string.Empty;

    /// <summary>What to do about the pairs of an inconclusive finding; <see langword="null"/> when pairs are not what it lacks.</summary>
    internal static string? Step(Finding finding) => (finding.PairsAssumption, finding.PairsNeeded) switch
    {
        (PairsAssumption.RegressionAsSeen, var needed) =>
            $"Review the {Say.Count(finding.NewlyAnswered, "newly answered prompt", "newly answered prompts")} of {finding.Title}: more pairs would not clear a change of {Say.Points(finding.Delta)} pp"
            + (needed is null ? "." : $" (from {finding.Pairs} to about {needed} would show it as a regression)."),
        (_, null) => null,
        (_, { } needed) when needed <= finding.Pairs => null,
        (PairsAssumption.NothingChanged, { } needed) => $"Grow {finding.Title} from {finding.Pairs} to about {needed} pairs, so that the next run can decide if nothing changed.",
        (PairsAssumption.ChangeAsSeen, { } needed) => $"Grow {finding.Title} from {finding.Pairs} to about {needed} pairs, so that the next run can show whether a change of {Say.Points(finding.Delta)} pp is tolerable.",
        (_, { } needed) => $"Grow {finding.Title} from {finding.Pairs} to about {needed} pairs so that the next run can decide.",
    };
}
