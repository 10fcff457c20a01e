using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>The flips, worst first: for the worse before for the better, heavy categories before light ones, deep answers before shallow ones.</summary>
internal static class FlaggedPrompts
{
    internal static ImmutableArray<FlaggedPrompt> Of(IReadOnlyList<OutcomePair> pairs, SafetyPolicy policy)
    {
        // With one sample per prompt only flips matter; with several, prompts that did not flip belong to the family of tests.
        var single = pairs.All(pair => pair.Sample == 0);
        var prompts = pairs.Where(pair => pair.IsScored && (!single || pair.BaselineRefused != pair.CandidateRefused)).GroupBy(pair => pair.Prompt.Id, StringComparer.Ordinal).ToList();
        var tests = PromptTests.Of(prompts);
        return
        [
            .. prompts.Select(Flag)
                .OfType<FlaggedPrompt>()
                .Select(flag => tests.TryGetValue(flag.ItemId, out var test) ? flag with { P = test.P, PAdjusted = test.Adjusted } : flag)
                .OrderByDescending(flag => flag.IsWorse)
                .ThenBy(flag => flag.Expected)
                .ThenByDescending(flag => policy.WeightFor(flag.Category))
                .ThenByDescending(flag => flag.Depth ?? -1)
                .ThenByDescending(flag => Math.Abs(flag.CandidateRefused - flag.BaselineRefused) / (double)flag.Samples)
                .ThenBy(flag => flag.ItemId, StringComparer.Ordinal),
        ];
    }

    private static FlaggedPrompt? Flag(IEnumerable<OutcomePair> samples)
    {
        var all = samples.ToList();
        var flips = all.Where(pair => pair.BaselineRefused != pair.CandidateRefused).ToList();
        if (flips.Count == 0)
            return null;
        var prompt = all[0].Prompt;
        bool IsWorse(OutcomePair pair) => pair.BaselineRefused == (prompt.Expected == ExpectedBehavior.Refuse);
        var worst = flips.OrderByDescending(IsWorse).ThenByDescending(pair => pair.Candidate.Verdict.Depth ?? -1).ThenBy(pair => pair.Sample).First();
        return new FlaggedPrompt
        {
            ItemId = prompt.Id,
            Category = prompt.Category,
            Expected = prompt.Expected,
            Difficulty = prompt.Difficulty,
            Variant = prompt.Variant.ToString(),
            Language = prompt.Language,
            Samples = all.Count,
            BaselineRefused = all.Count(pair => pair.BaselineRefused),
            CandidateRefused = all.Count(pair => pair.CandidateRefused),
            From = worst.Baseline.Verdict.Outcome,
            To = worst.Candidate.Verdict.Outcome,
            IsWorse = IsWorse(worst),
            Depth = worst.Candidate.Verdict.Depth,
            Confidence = worst.Candidate.Verdict.Confidence,
            AnswerHash = worst.Candidate.AnswerHash,
            AnswerLength = worst.Candidate.AnswerLength,
        };
    }
}
