using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>
/// The answers that decide a comparison, for people to label: both sides of every pair whose outcomes differ, and of every pair without a verdict.
/// Write them with <see cref="LabelFile.Write"/>, have them labelled, load them again and put them over the classifier with
/// <see cref="ReviewedClassifier"/>.
/// </summary>
public static class FlipExport
{
    /// <summary>Collects the answers to label, without a label and without saying which arm they are from.</summary>
    /// <param name="suite">What was asked.</param>
    /// <param name="baseline">The baseline's answers with their verdicts.</param>
    /// <param name="candidate">The candidate's.</param>
    public static ImmutableArray<LabeledAnswer> Collect(SafetySuite suite, IEnumerable<ClassifiedAnswer> baseline, IEnumerable<ClassifiedAnswer> candidate)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        var others = candidate.ToDictionary(entry => (entry.Answer.ItemId, entry.Answer.Sample));
        var lines = ImmutableArray.CreateBuilder<LabeledAnswer>();
        foreach (var entry in baseline)
        {
            if (!others.TryGetValue((entry.Answer.ItemId, entry.Answer.Sample), out var other) || suite.Find(entry.Answer.ItemId) is not { } prompt ||
                (entry.Verdict.Outcome == other.Verdict.Outcome && entry.Verdict.Outcome != Outcome.Undetermined))
                continue;
            var texts = new[] { entry.Answer, other.Answer }.Where(answer => answer.Turns.Length == 1).Select(answer => answer.Turns[0]).ToList();
            // A fixed order would tell the people who label which arm is which.
            foreach (var turn in texts.OrderBy(turn => turn.Text, StringComparer.Ordinal).DistinctBy(turn => turn.Text, StringComparer.Ordinal))
                lines.Add(Line(prompt, turn));
        }

        return lines.ToImmutable();
    }

    private static LabeledAnswer Line(SafetyPrompt prompt, AnswerTurn turn) => new()
    {
        Id = prompt.Id,
        Prompt = prompt.Turns[^1].Text,
        Response = turn.Text,
        Label = null,
        Group = prompt.SeedId,
        Category = prompt.Category.ToString(),
        Language = prompt.Language,
        Expected = prompt.Expected,
        FinishReason = turn.RawFinish,
    };
}
