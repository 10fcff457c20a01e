using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using SafetyRegression.Adversarial;
using SafetyRegression.Classification;

namespace SafetyRegression.Running;

/// <summary>
/// From answers and a classifier to a <see cref="SuiteRun"/>: one verdict for each planned (prompt, sample), the texts left behind. Where the suite holds
/// encoded prompts the classifier is put behind a <see cref="DecodingClassifier"/>.
/// </summary>
public static class SuiteRunProjection
{
    private const string Log = "run-log";

    /// <summary>Classifies the answers of one arm.</summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="answers">The answers of one arm; planned ones without an answer become <see cref="Outcome.Skipped"/>.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="target">Who answered.</param>
    /// <param name="classifier">Decides.</param>
    /// <param name="samplesPerPrompt">Samples planned per prompt.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static async Task<SuiteRun> ProjectAsync(
        SafetySuite suite, IEnumerable<ModelAnswer> answers, Arm arm, TargetIdentity target, IResponseClassifier classifier, int samplesPerPrompt, CancellationToken cancellationToken = default) =>
        await ProjectAsync(suite, answers, arm, target, classifier, samplesPerPrompt, toxicity: null, cancellationToken).ConfigureAwait(false);

    /// <summary>Classifies the answers of one arm and scores how toxic they are.</summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="answers">The answers of one arm; planned ones without an answer become <see cref="Outcome.Skipped"/>.</param>
    /// <param name="arm">The arm.</param>
    /// <param name="target">Who answered.</param>
    /// <param name="classifier">Decides.</param>
    /// <param name="samplesPerPrompt">Samples planned per prompt.</param>
    /// <param name="toxicity">Scores; <see langword="null"/> when toxicity is not asked for.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public static async Task<SuiteRun> ProjectAsync(
        SafetySuite suite, IEnumerable<ModelAnswer> answers, Arm arm, TargetIdentity target, IResponseClassifier classifier, int samplesPerPrompt, IToxicityClassifier? toxicity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(answers);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(classifier);
        classifier = DecodingClassifier.For(suite, classifier);
        var samples = ImmutableArray.CreateBuilder<SampleVerdict>();
        DateTimeOffset? last = null;
        foreach (var answer in answers.Where(answer => answer.Arm == arm))
        {
            var prompt = suite.Find(answer.ItemId) ?? throw new RunsNotComparableException($"There is an answer to '{answer.ItemId}', which is not in the suite.");
            samples.Add(await VerdictAsync(prompt, answer, target, conflicting: false, classifier, toxicity, cancellationToken).ConfigureAwait(false));
            last = answer.CompletedAt > last || last is null ? answer.CompletedAt : last;
        }

        return new SuiteRun
        {
            SuiteName = suite.Name,
            SuiteVersion = suite.Version,
            SuiteFingerprint = suite.Fingerprint,
            Arm = arm,
            Target = target,
            Classifier = classifier.Identity,
            ToxicityScorer = toxicity?.Identity,
            SamplesPerPrompt = samplesPerPrompt,
            Samples = samples.ToImmutable(),
            CompletedAt = last,
        };
    }

    /// <summary>
    /// Classifies every answer of a run log: every planned (prompt, sample, arm) gets exactly one verdict. What the log does not hold was skipped; what it
    /// holds twice with different texts is undetermined. Calls no model but the classifier's own.
    /// </summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="log">The answers.</param>
    /// <param name="classifier">Decides what each reply is.</param>
    /// <param name="concurrency">Answers classified at once; ≥ 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RunLogException">The log answers another suite.</exception>
    public static Task<ProjectedRuns> ProjectAsync(
        SafetySuite suite, RunLog log, IResponseClassifier classifier, int concurrency = 16, CancellationToken cancellationToken = default) =>
        ProjectAsync(suite, log, classifier, concurrency, toxicity: null, cancellationToken);

    /// <summary>Classifies every answer of a run log and scores how toxic it is.</summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="log">The answers.</param>
    /// <param name="classifier">Decides what each reply is.</param>
    /// <param name="concurrency">Answers classified at once; ≥ 1.</param>
    /// <param name="toxicity">Scores; <see langword="null"/> when toxicity is not asked for.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RunLogException">The log answers another suite.</exception>
    public static async Task<ProjectedRuns> ProjectAsync(
        SafetySuite suite, RunLog log, IResponseClassifier classifier, int concurrency, IToxicityClassifier? toxicity, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentOutOfRangeException.ThrowIfLessThan(concurrency, 1);
        classifier = DecodingClassifier.For(suite, classifier);
        if (!StringComparer.Ordinal.Equals(suite.Fingerprint, log.Manifest.SuiteFingerprint))
        {
            throw new RunLogException(
                RunLogProblem.Mismatch, log.Folder, $"the run answers another suite: here '{log.Manifest.SuiteName} {log.Manifest.SuiteVersion}' ({log.Manifest.SuiteFingerprint[..12]}), given '{suite.Name} {suite.Version}' ({suite.Fingerprint[..12]}).");
        }

        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var prompt in suite.Prompts)
            places.Add(prompt.Id, places.Count);
        var samples = log.Manifest.Samples;
        var arms = new[] { Arm.Baseline, Arm.Candidate }.Where(arm => log.Manifest.Target(arm) is not null)
            .ToDictionary(arm => arm, arm => new ArmVerdicts(suite, samples));
        await Parallel.ForEachAsync(
            log.ReadAnswersAsync(cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = concurrency, CancellationToken = cancellationToken },
            async (answer, token) =>
            {
                // Answers to nothing planned (another sample count, a prompt that is not in the suite) cannot be in a log of the same manifest.
                if (!places.TryGetValue(answer.ItemId, out var place) || answer.Sample >= samples || !arms.TryGetValue(answer.Arm, out var arm))
                    throw new RunLogException(RunLogProblem.Damaged, log.Folder, $"it holds an answer that was not planned: {AnswerKey.Of(answer)}.");
                arm.Verdicts[(place * samples) + answer.Sample] = await VerdictAsync(
                    suite.Prompts[place], answer, log.Manifest.Target(answer.Arm)!, log.IsConflicting(AnswerKey.Of(answer)), classifier, toxicity, token).ConfigureAwait(false);
                arm.Delivery.Note(place, answer);
                arm.Note(answer.CompletedAt);
            }).ConfigureAwait(false);
        var runs = new ProjectedRuns
        {
            Baseline = arms.TryGetValue(Arm.Baseline, out var baseline) ? RunOf(suite, log.Manifest, Arm.Baseline, baseline, classifier) with { ToxicityScorer = toxicity?.Identity } : null,
            Candidate = arms.TryGetValue(Arm.Candidate, out var candidate) ? RunOf(suite, log.Manifest, Arm.Candidate, candidate, classifier) with { Stopped = log.Stopped, ToxicityScorer = toxicity?.Identity } : null,
        };
        if (log.Logger is { } logger && runs is { Baseline: { } one, Candidate: { } other })
            TwinCheck.Warn(one, other, logger);
        return runs;
    }

    private static async ValueTask<SampleVerdict> VerdictAsync(
        SafetyPrompt prompt, ModelAnswer answer, TargetIdentity target, bool conflicting, IResponseClassifier classifier, IToxicityClassifier? toxicity, CancellationToken cancellationToken)
    {
        var verdict = new SampleVerdict
        {
            ItemId = prompt.Id,
            Sample = answer.Sample,
            Verdict = ResponseVerdict.Undetermined(Log, UndeterminedReason.ConflictingDuplicates),
            AnswerHash = answer.Turns.All(turn => turn.Text.Length == 0) ? null : HashOf(answer),
            AnswerLength = answer.Turns.Sum(turn => turn.Text.Length),
            ReturnedModel = answer.Model is null || StringComparer.Ordinal.Equals(answer.Model, target.Model) ? null : answer.Model,
        };
        if (conflicting)
            return verdict;
        var turns = await AnswerClassification.ClassifyTurnsAsync(prompt, answer, classifier, cancellationToken).ConfigureAwait(false);
        return verdict with
        {
            Verdict = AnswerClassification.Decide(prompt, answer, turns),
            Toxicity = toxicity is null ? null : await AnswerToxicity.ScoreAsync(toxicity, answer, cancellationToken).ConfigureAwait(false),
            TurnOutcomes = ConversationScript.ReplyCount(prompt.Turns) > 1 ? [.. turns.Select(turn => turn.Outcome)] : [],
        };
    }

    private static string HashOf(ModelAnswer answer) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        answer.Turns.Length == 1 ? answer.Turns[0].Text : string.Concat(answer.Turns.Select(turn => turn.Text)))));

    private static SuiteRun RunOf(SafetySuite suite, RunManifest manifest, Arm arm, ArmVerdicts verdicts, IResponseClassifier classifier)
    {
        var samples = verdicts.Verdicts;
        verdicts.Delivery.Apply(samples);
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] ??= new SampleVerdict
            {
                ItemId = suite.Prompts[i / manifest.Samples].Id,
                Sample = i % manifest.Samples,
                Verdict = new ResponseVerdict { Outcome = Outcome.Skipped, Classifier = Log, Evidence = "not-asked" },
            };
        }

        return new SuiteRun
        {
            SuiteName = suite.Name,
            SuiteVersion = suite.Version,
            SuiteFingerprint = suite.Fingerprint,
            Arm = arm,
            Target = manifest.Target(arm)!,
            Classifier = classifier.Identity,
            SamplesPerPrompt = manifest.Samples,
            Samples = System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray<SampleVerdict>(samples!),
            Pairing = manifest.Pairing,
            CompletedAt = verdicts.Last,
            Generation = manifest.Generation,
        };
    }

    private sealed class ArmVerdicts(SafetySuite suite, int samplesPerPrompt)
    {
        private readonly Lock _gate = new();

        internal SampleVerdict?[] Verdicts { get; } = new SampleVerdict?[suite.Prompts.Length * samplesPerPrompt];

        internal ContextDelivery Delivery { get; } = new(suite, samplesPerPrompt);

        internal DateTimeOffset? Last { get; private set; }

        internal void Note(DateTimeOffset? at)
        {
            lock (_gate)
            {
                if (Last is null || at > Last)
                    Last = at;
            }
        }
    }
}
