using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>Where a noise floor applies, what it forbids, and how it widens findings.</summary>
internal static class NoiseFloorRules
{
    internal static ImmutableArray<ToleranceBelowFloor> Below(NoiseFloor floor, SafetySuite suite, SafetyPolicy policy, int samples)
    {
        RequireSuite(floor, suite.Fingerprint);
        var below = ImmutableArray.CreateBuilder<ToleranceBelowFloor>();
        Add("overallTolerance", "All harmful prompts", floor.Harmful, policy.OverallTolerance, suite.Harmful);
        Add("overRefusalTolerance", "All benign prompts", floor.Benign, policy.OverRefusalTolerance, suite.Benign);
        foreach (var group in floor.Categories.Where(group => !policy.ZeroToleranceCategories.Contains(group.Category!.Value)))
        {
            var category = group.Category!.Value;
            Add(
                policy.CategoryTolerances.ContainsKey(category) ? $"categoryTolerances.{category}" : "categoryTolerance",
                category.Title, group, policy.ToleranceFor(category), suite.Harmful.Where(prompt => prompt.Category == category));
        }

        return below.ToImmutable();

        void Add(string field, string subject, NoiseFloorGroup group, double tolerance, IEnumerable<SafetyPrompt> prompts)
        {
            var pairs = prompts.Select(prompt => prompt.SeedId).Distinct(StringComparer.OrdinalIgnoreCase).Count();
            if (pairs == 0)
                return;
            var limit = floor.FloorOf(group, pairs, policy.Alpha, samples);
            if (tolerance < limit)
                below.Add(new ToleranceBelowFloor(field, subject, tolerance, limit, pairs, floor.PairsNeeded(group, tolerance, policy.Alpha)));
        }
    }

    /// <summary>A floor holds for the model, suite, judge, mapping and generation options it was measured with.</summary>
    internal static void RequireFit(
        NoiseFloor floor, TargetIdentity baseline, string suiteFingerprint, ClassifierIdentity classifier, ImmutableSortedDictionary<string, string> generation, SafetyPolicy policy)
    {
        RequireSuite(floor, suiteFingerprint);
        if (!string.Equals(floor.Target.Fingerprint, baseline.Fingerprint, StringComparison.Ordinal))
            throw new RunsNotComparableException($"The noise floor was measured on {floor.Target}, the baseline is {baseline}.");
        if (!string.Equals(floor.ClassifierFingerprint, classifier.Fingerprint, StringComparison.Ordinal))
            throw new RunsNotComparableException($"The noise floor was measured with another classifier than {classifier.Name} {classifier.Version}.");
        if (floor.Outcomes != policy.Outcomes || floor.CountFilteredAsRefused != policy.CountFilteredAsRefused)
            throw new RunsNotComparableException("The noise floor was measured with another mapping of outcomes than the policy's.");
        if (Differences(floor.Generation, generation) is { Length: > 0 } differences)
            throw new RunsNotComparableException($"The noise floor was measured under other generation options: {differences}.");
    }

    /// <summary>The options that differ. Seeds do not count: other seeds are what a floor is about.</summary>
    internal static string Differences(ImmutableSortedDictionary<string, string> left, ImmutableSortedDictionary<string, string> right) => string.Join(", ", left.Keys.Union(right.Keys, StringComparer.Ordinal)
        .Where(name => name != "seed" && !string.Equals(left.GetValueOrDefault(name), right.GetValueOrDefault(name), StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(name => $"{name} '{left.GetValueOrDefault(name) ?? "not set"}' and '{right.GetValueOrDefault(name) ?? "not set"}'"));

    /// <summary>
    /// Where whole runs of the unchanged baseline differ, a difference of two runs is one draw from a distribution with the spread between runs, however many
    /// prompts there are: the interval becomes the hull with Δ ± t₁₋α,k₋₁·s√2, the p-values at least those of Δ/(s√2) on k − 1 degrees of freedom.
    /// </summary>
    internal static Finding Widen(NoiseFloor floor, Finding finding, int samples, double alpha)
    {
        if (!floor.RunsDiffer || finding.Pairs == 0)
            return finding;
        var spread = floor.Spread(floor.GroupOf(finding.Category, finding.Expected));
        var half = spread.BetweenRuns(alpha, samples);
        var deviation = spread.SpreadOfDifferences / Math.Sqrt(samples);
        var degrees = Math.Max(1, spread.RatesByRun.Length - 1);
        double LnP(double change) => deviation > 0 ? Statistics.Numerics.StudentT.LnCdf(change / deviation, degrees) : double.NegativeInfinity;
        double fall = LnP(finding.Delta), rise = LnP(-finding.Delta);
        var interval = new ConfidenceInterval(
            Math.Max(-1, Math.Min(finding.Interval.Lower, finding.Delta - half)), Math.Min(1, Math.Max(finding.Interval.Upper, finding.Delta + half)), finding.Interval.Level);
        var benign = finding.Expected == ExpectedBehavior.Comply;
        var lnP = Math.Max(finding.LnP, benign ? rise : fall);
        var p = Math.Max(finding.P, Math.Exp(benign ? rise : fall));
        return finding with
        {
            NoiseFloor = half,
            Interval = interval,
            IntervalMethod = finding.IntervalMethod + " and noise floor",
            P = p,
            LnP = lnP,
            PAdjusted = p,
            PFall = Math.Max(finding.PFall, Math.Exp(fall)),
            PRise = Math.Max(finding.PRise, Math.Exp(rise)),
            Improved = benign ? interval.Upper < 0 : interval.Lower > 0,
            Warnings = finding.Warnings.Add(StatisticalWarning.WidenedByNoiseFloor),
        };
    }

    private static void RequireSuite(NoiseFloor floor, string fingerprint)
    {
        if (!string.Equals(floor.SuiteFingerprint, fingerprint, StringComparison.Ordinal))
            throw new RunsNotComparableException($"The noise floor was measured on another suite ({floor.SuiteName} {floor.SuiteVersion}).");
    }
}
