namespace SafetyRegression.Reporting;

/// <summary>Says of tests for different prompts that they were used on the same prompts.</summary>
internal static class PairingText
{
    /// <summary>One line when a finding's test ignores pairing; <see langword="null"/> when none does.</summary>
    internal static string? Line(IEnumerable<Finding> findings)
    {
        var tests = findings.Where(finding => finding.Warnings.Contains(StatisticalWarning.IgnoresPairing)).Select(finding => finding.Test).Distinct(StringComparer.Ordinal).ToList();
        return tests.Count == 0 ? null : $"Test {string.Join(", ", tests)} ignores pairing: both models are compared as if they had answered different prompts, which is weaker than a paired test.";
    }
}
