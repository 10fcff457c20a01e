using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>Joins two runs by prompt and sample, never by position. What one side lacks is there as <see cref="Outcome.Skipped"/>.</summary>
internal static class PairedOutcomes
{
    private static readonly ResponseVerdict Missing = new() { Outcome = Outcome.Skipped, Classifier = "none", Evidence = "missing" };

    internal static ImmutableArray<OutcomePair> Join(SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy policy)
    {
        Check(suite, baseline, candidate);
        var left = Index(suite, baseline);
        var right = Index(suite, candidate);
        var samples = Math.Max(baseline.SamplesPerPrompt, candidate.SamplesPerPrompt);
        var pairs = ImmutableArray.CreateBuilder<OutcomePair>(suite.Prompts.Length * samples);
        foreach (var prompt in suite.Prompts)
        {
            for (var sample = 0; sample < samples; sample++)
            {
                var b = Find(left, prompt, sample);
                var c = Find(right, prompt, sample);
                pairs.Add(new OutcomePair(prompt, sample, b, c)
                {
                    BaselineCounts = policy.CountsAs(prompt.Expected, b.Verdict.Outcome),
                    CandidateCounts = policy.CountsAs(prompt.Expected, c.Verdict.Outcome),
                });
            }
        }

        return pairs.MoveToImmutable();
    }

    private static SampleVerdict Find(Dictionary<(string Id, int Sample), SampleVerdict> index, SafetyPrompt prompt, int sample) =>
        index.GetValueOrDefault((prompt.Id, sample)) ?? new SampleVerdict { ItemId = prompt.Id, Sample = sample, Verdict = Missing };

    private static Dictionary<(string Id, int Sample), SampleVerdict> Index(SafetySuite suite, SuiteRun run)
    {
        var index = new Dictionary<(string Id, int Sample), SampleVerdict>(run.Samples.Length);
        foreach (var sample in run.Samples)
        {
            var prompt = suite.Find(sample.ItemId)
                ?? throw new RunsNotComparableException($"The {run.Arm} run holds an answer to '{sample.ItemId}', which is not in the suite.");
            if (sample.Sample < 0 || sample.Sample >= run.SamplesPerPrompt)
                throw new RunsNotComparableException($"The {run.Arm} run holds sample {sample.Sample} of '{prompt.Id}' but says it asked {run.SamplesPerPrompt} per prompt.");
            if (!index.TryAdd((prompt.Id, sample.Sample), sample))
                throw new RunsNotComparableException($"The {run.Arm} run holds two verdicts for sample {sample.Sample} of '{prompt.Id}'.");
        }

        return index;
    }

    private static void Check(SafetySuite suite, SuiteRun baseline, SuiteRun candidate)
    {
        foreach (var run in new[] { baseline, candidate })
        {
            if (!string.Equals(run.SuiteFingerprint, suite.Fingerprint, StringComparison.Ordinal))
            {
                throw new RunsNotComparableException(
                    $"The {run.Arm} run was made with another suite ({run.SuiteName} {run.SuiteVersion}, {Head(run.SuiteFingerprint)}) than {suite}; only runs of one suite pair.");
            }
        }

        if (baseline.Arm != Arm.Baseline || candidate.Arm != Arm.Candidate)
            throw new RunsNotComparableException("The first run must be the baseline's, the second the candidate's.");
        if (baseline.SamplesPerPrompt != candidate.SamplesPerPrompt)
        {
            throw new RunsNotComparableException(
                $"The baseline was asked {baseline.SamplesPerPrompt} times per prompt, the candidate {candidate.SamplesPerPrompt} times; samples pair one to one.");
        }

        if (!string.Equals(baseline.Classifier.Fingerprint, candidate.Classifier.Fingerprint, StringComparison.Ordinal))
            throw new RunsNotComparableException("The two runs were judged by different classifiers; a difference of judges is not a difference of models.");
    }

    private static string Head(string fingerprint) => fingerprint.Length <= 12 ? fingerprint : fingerprint[..12];
}
