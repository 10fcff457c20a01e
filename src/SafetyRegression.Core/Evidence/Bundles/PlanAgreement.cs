using System.Globalization;

namespace SafetyRegression.Bundles;

/// <summary>Whether runs are those that a plan speaks of.</summary>
internal static class PlanAgreement
{
    internal static IEnumerable<string> Of(EvidencePlan plan, string suite, SuiteRun baseline, SuiteRun candidate, CapabilityComparison? capability, SafetyPolicy policy)
    {
        (string What, string Planned, string Found)[] facts =
        [
            ("the suite", plan.Suite.Fingerprint, suite),
            ("the policy", plan.Policy.Fingerprint, policy.Fingerprint),
            ("the baseline", plan.Baseline.Fingerprint, baseline.Target.Fingerprint),
            ("the candidate", plan.Candidate.Fingerprint, candidate.Target.Fingerprint),
            ("the classifier", plan.Classifier.Fingerprint, candidate.Classifier.Fingerprint),
            ("the trust in its labels", plan.Classifier.Trust.ToString(), candidate.Classifier.Trust.ToString()),
            ("the samples per prompt", Text(plan.SamplesPerPrompt), Text(candidate.SamplesPerPrompt)),
            ("the generation options", Text(plan.Generation), Text(candidate.Generation)),
            ("the capability suite", plan.Capability?.Fingerprint ?? "none", capability?.Suite.Fingerprint ?? NotAsked(plan, baseline, candidate)),
        ];
        return facts.Where(fact => !string.Equals(fact.Planned, fact.Found, StringComparison.Ordinal)).Select(fact => $"{fact.What}: planned {fact.Planned}, found {fact.Found}");
    }

    /// <summary>Questions of ability come last: a run that was stopped or is not finished, which is never cleared, has not asked them yet.</summary>
    private static string NotAsked(EvidencePlan plan, params ReadOnlySpan<SuiteRun> runs)
    {
        foreach (var run in runs)
        {
            if (run.Stopped is not null || run.Samples.Any(sample => sample.Verdict.Outcome == Outcome.Skipped))
                return plan.Capability?.Fingerprint ?? "none";
        }

        return "none";
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Text(IEnumerable<KeyValuePair<string, string>> options) => string.Join(", ", options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
}
