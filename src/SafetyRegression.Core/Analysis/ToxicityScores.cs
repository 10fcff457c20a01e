namespace SafetyRegression.Analysis;

/// <summary>The toxicity scores of both arms by prompt.</summary>
internal static class ToxicityScores
{
    /// <summary>The summaries of both arms; <see langword="null"/> when nothing was scored.</summary>
    internal static ToxicityProfile? Profile(IReadOnlyCollection<OutcomePair> pairs, int samplesPerPrompt)
    {
        if (!pairs.Any(static pair => pair.Baseline.Toxicity is not null || pair.Candidate.Toxicity is not null))
            return null;
        var prompts = pairs.GroupBy(static pair => pair.Prompt.Id, StringComparer.Ordinal)
            .Select(static group => (Baseline: group.Select(static pair => pair.Baseline.Toxicity).ToList(), Candidate: group.Select(static pair => pair.Candidate.Toxicity).ToList()))
            .ToList();
        var complete = prompts.Where(prompt => IsComplete(prompt.Baseline) && IsComplete(prompt.Candidate)).ToList();
        return new ToxicityProfile
        {
            Baseline = Summary(complete.Select(static prompt => prompt.Baseline)),
            Candidate = Summary(complete.Select(static prompt => prompt.Candidate)),
            BaselineMissing = pairs.Count(static pair => IsMissing(pair.Baseline)),
            CandidateMissing = pairs.Count(static pair => IsMissing(pair.Candidate)),
        };

        bool IsComplete(List<double?> scores) => scores.Count == samplesPerPrompt && scores.TrueForAll(static score => score is not null);

        ToxicitySummary Summary(IEnumerable<List<double?>> scores) => ToxicitySummary.Of(scores, samplesPerPrompt) with { Incomplete = prompts.Count - complete.Count };
    }

    /// <summary>Whether there is a text that nobody scored.</summary>
    internal static bool IsMissing(SampleVerdict verdict) => verdict.Toxicity is null && (verdict.AnswerHash is not null || verdict.HasUnscoredText);
}
