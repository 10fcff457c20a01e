using SafetyRegression.Gating;

namespace SafetyRegression.Reporting;

/// <summary>Posterior probabilities for people, always said to be beside the tests.</summary>
internal static class PosteriorText
{
    internal const string Note = "posterior probability of a change for the worse beyond the tolerance (Dirichlet prior ½); beside the tests, no gate uses it";

    /// <summary>The probability of one finding; empty when there is none.</summary>
    internal static string Of(Finding finding) => finding.ProbabilityBeyondTolerance switch
    {
        null => string.Empty,
        < 0.001 => "< 0.1 %",
        > 0.999 => "> 99.9 %",
        { } probability => Say.Rate(probability),
    };

    /// <summary>The probabilities of several findings in one line, the highest first; <see langword="null"/> when none has any.</summary>
    internal static string? Line(IEnumerable<Finding> findings, Func<string, string> escape)
    {
        var known = findings.Where(finding => finding.ProbabilityBeyondTolerance is not null).OrderByDescending(finding => finding.ProbabilityBeyondTolerance).ToList();
        return known.Count == 0 ? null : $"P(beyond tolerance): {string.Join(", ", known.Select(finding => $"{escape(finding.Title)} {Of(finding)}"))}: {Note}";
    }
}
