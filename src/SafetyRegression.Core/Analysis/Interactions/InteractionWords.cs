namespace SafetyRegression.Analysis;

/// <summary>Comparisons in the words of people.</summary>
internal static class InteractionWords
{
    internal static string Of(string axis, string level, string reference, RegressionStatus status)
    {
        var (there, here) = axis switch
        {
            StratumAxes.Language => ($"in {KnownLanguages.Find(level).Name}", $"in {KnownLanguages.Find(reference).Name}"),
            StratumAxes.Tier => ($"in {level}-resource languages", $"in {KnownLanguages.Find(reference).Name}"),
            "transform" => ($"under {level}", "when asked plainly"),
            "context" => ($"in the context {level}", "without a context"),
            _ => ("over several turns", "in one turn"),
        };
        return status switch
        {
            RegressionStatus.Regressed => $"Loses more {there} than {here}",
            RegressionStatus.WithinToleranceDeclined => $"Loses more {there} than {here}, within tolerance",
            RegressionStatus.WithinTolerance => $"Loses no more {there} than {here}",
            _ => $"Not known whether it loses more {there} than {here}",
        };
    }
}
