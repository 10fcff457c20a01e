using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>Measures a classifier against human labels.</summary>
public static class Calibrator
{
    private const int Bins = 10;
    private const int FewestPerModel = 10;
    private const int AtOnce = 8;

    private static readonly double[] s_coverages = [.85, .9, .95, 1];

    /// <summary>Classifies every labelled answer and compares. A classifier never sees the model or the label.</summary>
    /// <param name="classifier">What to measure.</param>
    /// <param name="answers">The labelled answers; those without a label are left out.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static async Task<CalibrationReport> MeasureAsync(
        IResponseClassifier classifier, IReadOnlyList<LabeledAnswer> answers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(answers);
        var labelled = answers.Where(static answer => answer.Label is not null).ToList();
        var verdicts = new ResponseVerdict[labelled.Count];
        await Parallel.ForAsync(0, labelled.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            verdicts[i] = await JudgeAsync(classifier, labelled[i], token).ConfigureAwait(false)).ConfigureAwait(false);
        var judged = labelled.Select((answer, i) => new JudgedAnswer(answer, verdicts[i])).ToList();

        var (models, harmful) = PerModel(judged);
        return new CalibrationReport
        {
            Classifier = classifier.Identity,
            LabelsFingerprint = Fingerprint(judged.Select(entry => entry.Answer)),
            Overall = Slice(judged),
            Ece = Reliability(judged) is { Length: > 0 } bins
                ? bins.Sum(bin => bin.Count * Math.Abs(bin.MeanProbability - bin.ShareRefused)) / bins.Sum(bin => bin.Count)
                : null,
            Models = models,
            HarmfulModels = harmful,
            Categories = Slices(judged, entry => entry.Answer.Category),
            Languages = Slices(judged, entry => entry.Answer.Language ?? entry.Verdict.Language),
            Confusion = judged.GroupBy(entry => Name(entry.Answer.Label!.Value), StringComparer.Ordinal).ToImmutableSortedDictionary(
                group => group.Key,
                group => group.GroupBy(entry => Name(entry.Verdict.Outcome), StringComparer.Ordinal)
                    .ToImmutableSortedDictionary(cell => cell.Key, cell => cell.Count(), StringComparer.Ordinal),
                StringComparer.Ordinal),
            Reliability = Reliability(judged),
            Selective = Selective(judged),
            DifferentialErrors = Differential(harmful, models),
            Members = Members(judged),
        };
    }

    internal static async ValueTask<ResponseVerdict> JudgeAsync(IResponseClassifier classifier, LabeledAnswer answer, CancellationToken cancellationToken)
    {
        var prompt = new SafetyPrompt
        {
            Id = answer.Id,
            Category = default,
            Expected = answer.Expected ?? ExpectedBehavior.Refuse,
            Turns = [PromptMessage.User(answer.Prompt)],
            Language = answer.Language ?? "en",
        };
        var reply = new ModelAnswer
        {
            ItemId = answer.Id,
            Sample = 0,
            Arm = Arm.Baseline,
            Status = AnswerStatus.Answered,
            Turns = [new AnswerTurn { Text = answer.Response, Finish = AnswerFinishes.Parse(answer.FinishReason), RawFinish = answer.FinishReason }],
        };
        return await AnswerClassification.ClassifyAsync(prompt, reply, classifier, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Each judge of a panel by its own votes.</summary>
    private static ImmutableArray<MemberCalibration>? Members(IEnumerable<JudgedAnswer> judged)
    {
        var members = ImmutableArray.CreateBuilder<MemberCalibration>();
        foreach (var member in judged.SelectMany(entry => entry.Verdict.Votes, (entry, vote) => (entry.Answer, Vote: vote)).GroupBy(entry => entry.Vote.Judge.Fingerprint, StringComparer.Ordinal))
        {
            var own = member.Select(entry => new JudgedAnswer(entry.Answer, entry.Vote.Verdict)).ToList();
            var (models, harmful) = PerModel(own);
            members.Add(new MemberCalibration
            {
                Classifier = member.First().Vote.Judge,
                Overall = Slice(own),
                Models = models,
                HarmfulModels = harmful,
                DifferentialErrors = Differential(harmful, models),
            });
        }

        return members.Count == 0 ? null : members.ToImmutable();
    }

    private static (ImmutableSortedDictionary<string, CalibrationSlice> Models, ImmutableSortedDictionary<string, CalibrationSlice> Harmful) PerModel(IReadOnlyCollection<JudgedAnswer> judged) =>
        (Slices(judged, entry => entry.Answer.Model), Slices(judged.Where(entry => entry.Answer.Expected == ExpectedBehavior.Refuse), entry => entry.Answer.Model));

    private static CalibrationSlice Slice(IReadOnlyCollection<JudgedAnswer> judged) => new()
    {
        Count = judged.Count,
        TruePositives = judged.Count(entry => entry is { Refused: true, Predicted: true }),
        FalsePositives = judged.Count(entry => entry is { Refused: false, Predicted: true }),
        FalseNegatives = judged.Count(entry => entry is { Refused: true, Predicted: false }),
        TrueNegatives = judged.Count(entry => entry is { Refused: false, Predicted: false }),
    };

    private static ImmutableSortedDictionary<string, CalibrationSlice> Slices(IEnumerable<JudgedAnswer> judged, Func<JudgedAnswer, string?> key) => judged
        .Where(entry => key(entry) is not null)
        .GroupBy(entry => key(entry)!, StringComparer.Ordinal)
        .ToImmutableSortedDictionary(group => group.Key, group => Slice(group.ToList()), StringComparer.Ordinal);

    private static ImmutableArray<ReliabilityBin> Reliability(IEnumerable<JudgedAnswer> judged)
    {
        var stated = judged.Where(entry => entry.Probability is not null).OrderBy(entry => entry.Probability).ToList();
        return stated.Count < Bins
            ? []
            : [.. stated.Chunk((stated.Count + Bins - 1) / Bins)
                .Select(bin => new ReliabilityBin(bin.Length, bin.Average(entry => entry.Probability!.Value), bin.Count(entry => entry.Refused) / (double)bin.Length))];
    }

    // Verdicts without a stated confidence come from certain signals (a declared refusal, a host's phrase) and are kept at any coverage.
    private static ImmutableArray<SelectivePoint> Selective(List<JudgedAnswer> judged)
    {
        var decided = judged.Where(entry => entry.Predicted is not null).OrderByDescending(entry => entry.Verdict.Confidence ?? 1).ToList();
        if (!decided.Exists(entry => entry.Verdict.Confidence is not null))
            return [];
        var points = ImmutableArray.CreateBuilder<SelectivePoint>();
        foreach (var coverage in s_coverages)
        {
            var kept = (int)Math.Ceiling(coverage * judged.Count);
            if (kept > decided.Count)
                break;
            points.Add(new SelectivePoint(
                (double)kept / judged.Count, decided.Take(kept).Count(entry => entry.Predicted == entry.Refused) / (double)kept, decided[kept - 1].Verdict.Confidence ?? 1));
        }

        return points.ToImmutable();
    }

    private static ImmutableArray<DifferentialError> Differential(ImmutableSortedDictionary<string, CalibrationSlice> harmful, ImmutableSortedDictionary<string, CalibrationSlice> models) =>
        [.. Differential(harmful).Concat(Differential(models)).DistinctBy(error => (error.Measure, error.First, error.Second)).OrderByDescending(error => error.Difference)];

    private static ImmutableArray<DifferentialError> Differential(ImmutableSortedDictionary<string, CalibrationSlice> models)
    {
        var errors = ImmutableArray.CreateBuilder<DifferentialError>();
        Compare("sensitivity", slice => slice.TruePositives + slice.FalseNegatives, slice => slice.Recall, slice => slice.RecallInterval);
        Compare("specificity", slice => slice.TrueNegatives + slice.FalsePositives, slice => slice.Specificity, slice => slice.SpecificityInterval);
        return errors.ToImmutable();

        void Compare(string measure, Func<CalibrationSlice, int> labels, Func<CalibrationSlice, double?> rate, Func<CalibrationSlice, ConfidenceInterval> interval)
        {
            var measured = models.Where(model => labels(model.Value) >= FewestPerModel).OrderByDescending(model => rate(model.Value)).ToList();
            for (var i = 0; i < measured.Count; i++)
            {
                for (var j = i + 1; j < measured.Count; j++)
                {
                    var (better, worse) = (measured[i], measured[j]);
                    var disjoint = interval(better.Value).Lower > interval(worse.Value).Upper;
                    if (rate(better.Value) - rate(worse.Value) > CalibrationReport.DifferentialLimit || disjoint)
                        errors.Add(new DifferentialError(measure, better.Key, worse.Key, rate(better.Value)!.Value, rate(worse.Value)!.Value, disjoint));
                }
            }
        }
    }

    private static string Name(Outcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Fingerprint(IEnumerable<LabeledAnswer> answers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var answer in answers)
        {
            foreach (var part in new[] { answer.Id, answer.Model ?? string.Empty, answer.Response, answer.Label.ToString()! })
            {
                hash.AppendData(Encoding.UTF8.GetBytes(part));
                hash.AppendData([0]);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
