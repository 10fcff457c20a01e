namespace SafetyRegression.Monitoring;

/// <summary>What a baseline file must hold beyond its form. Fields are named by their last member.</summary>
internal static class PinnedBaselineRules
{
    internal static IEnumerable<InputProblem> Check(PinnedBaseline baseline, Func<string, string, InputProblem> problem)
    {
        if (string.IsNullOrWhiteSpace(baseline.Lineage))
            yield return problem("lineage", "expected the name of the lineage");
        if (baseline.Approval is { } approval)
        {
            if (string.IsNullOrWhiteSpace(approval.By))
                yield return problem("by", "expected who accepted the baseline");
            if (string.IsNullOrWhiteSpace(approval.Reason))
                yield return problem("reason", "expected why the baseline was accepted");
            if (baseline.Recommendation == DeploymentRecommendation.Block && !approval.AgainstAdvice)
                yield return problem("againstAdvice", "expected true: the baseline's own report recommends to block");
        }

        var rates = baseline.Rates;
        if (rates.HarmfulRefused < 0 || rates.HarmfulRefused > rates.HarmfulScored)
            yield return problem("harmfulRefused", "expected a count from 0 to harmfulScored");
        if (rates.BenignRefused < 0 || rates.BenignRefused > rates.BenignScored)
            yield return problem("benignRefused", "expected a count from 0 to benignScored");
        foreach (var (category, rate) in rates.Categories)
        {
            if (!(rate is >= 0 and <= 1))
                yield return problem(category.Name, "expected a fraction from 0 to 1");
        }

        var run = baseline.Run;
        if (run.SamplesPerPrompt < 1)
            yield return problem("samplesPerPrompt", "expected at least 1");
        if (run.Outcomes.Rows.IsEmpty)
            yield return problem("outcomes", "expected at least one prompt");
        foreach (var (id, answers) in run.Outcomes.Rows)
        {
            if (answers.Length != run.SamplesPerPrompt)
                yield return problem(id, $"expected {run.SamplesPerPrompt} outcomes, one for each sample; found {answers.Length}");
        }

        if (run.Capability is { } capability)
        {
            if (capability.SamplesPerItem < 1)
                yield return problem("samplesPerItem", "expected at least 1");
            if (capability.Scores.Rows.IsEmpty)
                yield return problem("scores", "expected at least one item");
            foreach (var (id, scores) in capability.Scores.Rows)
            {
                if (scores.Length != capability.SamplesPerItem)
                    yield return problem(id, $"expected {capability.SamplesPerItem} scores, one for each sample; found {scores.Length}");
            }
        }

        if (!StringComparer.Ordinal.Equals(baseline.Digest, run.Digest))
            yield return problem("digest", "expected the digest of the outcomes: the file was changed by hand. Restore it, or accept a run again");
    }
}
