using System.Collections.Immutable;
using SafetyRegression.Classification;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Capability;

/// <summary>Measures graders against people. A grader sees the question and the answer, never the person's score or the model's name.</summary>
public static class GraderCalibrator
{
    private const int Steps = 10;
    private const int FewestPerModel = 10;
    private const double GapAlpha = .01;

    /// <summary>Measures a scorer, such as <see cref="RatingGrader"/>.</summary>
    /// <param name="grader">What to measure.</param>
    /// <param name="labels">The answers with people's scores.</param>
    /// <param name="cancellationToken">The caller's token; any other failure of the grader leaves an answer unscored.</param>
    /// <exception cref="ArgumentException">A person's score lies outside 0–1.</exception>
    public static async Task<GraderCalibration> MeasureAsync(ICapabilityScorer grader, IReadOnlyList<HumanScore> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grader);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.FirstOrDefault(label => label.Score is not (>= 0 and <= 1)) is { } wrong)
            throw new ArgumentException($"A person's score is a fraction 0–1 ({wrong}).", nameof(labels));
        var scored = new List<(double Person, double Grader, string? Model)>(labels.Count);
        foreach (var label in labels)
        {
            if (await ScoreAsync(grader, label, cancellationToken).ConfigureAwait(false) is { } score)
                scored.Add((label.Score, score, label.Answer.Model));
        }

        var table = new RatingTable(Enumerable.Range(1, Steps), scored.Select(pair => new int?[] { StepOf(pair.Person), StepOf(pair.Grader) }));
        var models = scored.Where(pair => pair.Model is not null).GroupBy(pair => pair.Model!, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(model => model.Key, model => BiasOf([.. model.Select(pair => pair.Grader - pair.Person)]), StringComparer.Ordinal);
        return new GraderCalibration
        {
            Grader = grader.Name,
            Labeled = labels.Count,
            Unscored = labels.Count - scored.Count,
            Kappa = SafetyRegression.Agreement.Cohen(table, DisagreementWeight.Quadratic),
            Alpha = SafetyRegression.Agreement.Krippendorff(table, DisagreementWeight.Quadratic),
            Agreement = SafetyRegression.Agreement.Percent(table),
            MeanAbsoluteError = scored.Count == 0 ? null : scored.Average(pair => Math.Abs(pair.Grader - pair.Person)),
            Bias = scored.Count == 0 ? null : BiasOf([.. scored.Select(pair => pair.Grader - pair.Person)]),
            Models = models,
            Gaps = GapsOf(models),
        };
    }

    /// <summary>Measures a pairwise grader.</summary>
    /// <param name="grader">What to measure.</param>
    /// <param name="labels">The pairs with people's preferences.</param>
    /// <param name="cancellationToken">The caller's token; any other failure of the grader leaves a pair unscored.</param>
    /// <exception cref="ArgumentException">A person's preference is undetermined.</exception>
    public static async Task<GraderCalibration> MeasureAsync(PairwiseGrader grader, IReadOnlyList<HumanPreference> labels, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(grader);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.FirstOrDefault(label => label.Preferred == PairwiseVerdict.Undetermined) is { } wrong)
            throw new ArgumentException($"A person prefers an answer or neither ({wrong}).", nameof(labels));
        var scored = new List<(PairwiseVerdict Person, PairwiseVerdict Grader)>(labels.Count);
        foreach (var label in labels)
        {
            var verdict = await grader.VerdictAsync(label.Item, label.Baseline, label.Candidate, cancellationToken).ConfigureAwait(false);
            if (verdict != PairwiseVerdict.Undetermined)
                scored.Add((label.Preferred, verdict));
        }

        var table = new RatingTable(
            [(int)PairwiseVerdict.Baseline, (int)PairwiseVerdict.Candidate, (int)PairwiseVerdict.Tie], scored.Select(pair => new int?[] { (int)pair.Person, (int)pair.Grader }));
        return new GraderCalibration
        {
            Grader = "pairwise",
            Labeled = labels.Count,
            Unscored = labels.Count - scored.Count,
            Kappa = SafetyRegression.Agreement.Cohen(table),
            Alpha = SafetyRegression.Agreement.Krippendorff(table),
            Agreement = SafetyRegression.Agreement.Percent(table),
            Bias = scored.Count == 0 ? null : BiasOf([.. scored.Select(pair => WorthOf(pair.Grader) - WorthOf(pair.Person))]),
        };
    }

    private static async ValueTask<double?> ScoreAsync(ICapabilityScorer grader, HumanScore label, CancellationToken cancellationToken)
    {
        try
        {
            var score = await grader.ScoreAsync(label.Item, label.Answer, cancellationToken).ConfigureAwait(false);
            return score.Outcome is CapabilityOutcome.Unscored ? null : score.Value;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static int StepOf(double score) => 1 + (int)Math.Round(score * (Steps - 1), MidpointRounding.AwayFromZero);

    private static double WorthOf(PairwiseVerdict verdict) => verdict switch
    {
        PairwiseVerdict.Candidate => 1,
        PairwiseVerdict.Tie => 0.5,
        _ => 0,
    };

    private static GraderBias BiasOf(double[] differences)
    {
        var mean = differences.Average();
        var squares = differences.Sum(difference => (difference - mean) * (difference - mean));
        return new GraderBias(differences.Length, mean, differences.Length < 2 ? null : Math.Sqrt(squares / (differences.Length - 1) / differences.Length));
    }

    private static ImmutableArray<GraderBiasGap> GapsOf(ImmutableSortedDictionary<string, GraderBias> models)
    {
        var measured = models.Where(model => model.Value.Count >= FewestPerModel).OrderByDescending(model => model.Value.Bias).ToList();
        var gaps = new List<GraderBiasGap>();
        for (var i = 0; i < measured.Count; i++)
        {
            foreach (var other in measured.Skip(i + 1))
            {
                var (favoured, difference) = (measured[i], measured[i].Value.Bias - other.Value.Bias);
                var error = Math.Sqrt((favoured.Value.StandardError!.Value * favoured.Value.StandardError.Value) + (other.Value.StandardError!.Value * other.Value.StandardError.Value));
                var p = error > 0 ? 2 * Normal.Cdf(-difference / error) : difference > 0 ? 0 : 1;
                if (difference > GraderCalibration.GapLimit || p < GapAlpha)
                    gaps.Add(new GraderBiasGap(favoured.Key, other.Key, difference, p));
            }
        }

        return [.. gaps.OrderByDescending(gap => gap.Difference)];
    }
}
