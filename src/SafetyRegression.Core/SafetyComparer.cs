using Microsoft.Extensions.Options;
using SafetyRegression.Adversarial;
using SafetyRegression.Classification;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>The default <see cref="ISafetyComparer"/>: a runner, a run log, a classifier and the gate, one after the other.</summary>
public sealed class SafetyComparer : ISafetyComparer
{
    private readonly ISafetyRegressionRunner _runner;
    private readonly IResponseClassifier _classifier;
    private readonly SafetyRegressionOptions _options;
    private readonly IReadOnlyList<IDeploymentGate> _gates;

    /// <summary>Creates a comparer.</summary>
    /// <param name="runner">Asks the models.</param>
    /// <param name="classifier">Decides what each answer is.</param>
    /// <param name="options">How to run and judge; <see langword="null"/> for the defaults.</param>
    /// <param name="gates">Gates of the host, evaluated after the built-in ones.</param>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public SafetyComparer(ISafetyRegressionRunner runner, IResponseClassifier classifier, SafetyRegressionOptions? options = null, IEnumerable<IDeploymentGate>? gates = null)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(classifier);
        (_runner, _classifier, _options, _gates) = (runner, classifier, options ?? new SafetyRegressionOptions(), gates?.ToList() ?? []);
        if (new SafetyRegressionOptionsValidator().Validate(name: null, _options) is { Failed: true } invalid)
            throw new OptionsValidationException(nameof(SafetyRegressionOptions), typeof(SafetyRegressionOptions), invalid.Failures);
    }

    /// <inheritdoc/>
    public async Task<SafetyComparison> CompareAsync(SafetySuite suite, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var policy = _options.Policy.Validated();
        var plan = RunPlan.From(suite);
        var manifest = _runner.ManifestOf(plan);
        Require(suite, manifest, policy);
        var paid = _classifier.HoldsJudges() ? _classifier.Identity : null;
        var log = await RunFolders.OpenAsync(
            _options.RunFolder, manifest, paid, _options.Capability is { } questions ? _runner.ManifestOf(RunPlan.From(questions)) : null, _options.Run.StoppingRule is not null).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            // What will be claimed is written down before anything is asked.
            var planned = Planned();
            var frozen = Freeze(suite, log, policy, planned);
            if (paid is not null)
                await JudgingMark.BeginAsync(log, paid).ConfigureAwait(false);
            var attacks = _options.Attacks is not { } attacker ? [] :
                await attacker.RunAsync(_options.RunFolder is null ? null : Path.Combine(log.Folder, "attacks"), LoggedClassifier.Over(_classifier, log), cancellationToken).ConfigureAwait(false);
            // Questions of ability come second: a run that was stopped, or is not complete, spends nothing on them.
            var run = await _runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            var (asked, capability) = run.End == RunEnd.Completed ? await AskCapabilityAsync(log.Folder, run, shard: null, progress, cancellationToken).ConfigureAwait(false) : default;
            run = asked ?? run;
            var classifier = LoggedClassifier.Over(_classifier, log);
            var toxicity = _options.Toxicity is { } scorer ? new LoggedToxicity(scorer, log) : null;
            var arms = await SuiteRunProjection.ProjectAsync(suite, log, classifier, _options.ClassificationConcurrency, toxicity, cancellationToken).ConfigureAwait(false);
            if (arms is not { Baseline: { } baseline, Candidate: { } candidate })
                throw new InvalidOperationException("The runner asks one model only; comparing takes two.");
            if (paid is not null && (run.End is RunEnd.Completed or RunEnd.StoppedEarly) && !baseline.Samples.Concat(candidate.Samples).Any(sample => JudgingMark.IsOpen(sample.Verdict)))
                await JudgingMark.EndAsync(log, paid).ConfigureAwait(false);
            var evidence = Evidence.Create(suite, baseline, candidate, policy, planned with { Capability = capability, Attacks = attacks, Judging = JudgingEvidence.Of(classifier) }, frozen, cancellationToken);
            SafetyRegressionTelemetry.Record(evidence.Report.Analysis, evidence.Report.Decision.Recommendation);
            return new SafetyComparison
            {
                Report = evidence.Report,
                Evidence = evidence,
                Run = run,
                Baseline = baseline,
                Candidate = candidate,
                RunFolder = _options.RunFolder is null ? null : log.Folder,
            };
        }
    }

    private ReportOptions Planned() =>
        new() { AllowSameTarget = _options.Run.AllowSameTarget, AdditionalGates = [.. _gates], NoiseFloor = _options.NoiseFloor, Judging = JudgingEvidence.Of(_classifier) };

    private FrozenPlan Freeze(SafetySuite suite, RunLog log, SafetyPolicy policy, ReportOptions planned) =>
        FrozenPlan.Freeze(log, EvidencePlan.Create(suite, log.Manifest, policy, DecodingClassifier.For(suite, _classifier).Identity, planned, _options.Capability));

    /// <summary>
    /// Before anything is paid for: no judge is of an arm's family, the noise floor belongs to this baseline, and the policy asks for nothing below it.
    /// </summary>
    private void Require(SafetySuite suite, RunManifest manifest, SafetyPolicy policy)
    {
        JudgingEvidence.Of(_classifier).CheckFamilies([.. new[] { manifest.Baseline, manifest.Candidate }.OfType<TargetIdentity>().Select(target => target.Model)]);
        if (_options.NoiseFloor is not { } noise || manifest.Baseline is not { } baseline)
            return;
        Analysis.NoiseFloorRules.RequireFit(noise, baseline, suite.Fingerprint, _classifier.Identity, manifest.Generation, policy);
        noise.Require(suite, policy, manifest.Samples);
    }

    /// <summary>
    /// Asks one part of a suite, and of the capability questions, for another machine to bring together with the others (<see cref="RunLogMerger"/>). There
    /// is no verdict: statistics are computed once, over all parts.
    /// </summary>
    /// <param name="suite">What is asked.</param>
    /// <param name="shard">Which part.</param>
    /// <param name="folder">The folder of this part's run.</param>
    /// <param name="progress">Told about progress, from the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the run; the same call finishes the rest.</param>
    /// <exception cref="RunLogException">Another run is in the folder, or it cannot be written.</exception>
    public async Task<RunSummary> AskShardAsync(SafetySuite suite, RunShard shard, string folder, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(shard);
        var policy = _options.Policy.Validated();
        var plan = RunPlan.From(suite).Take(shard);
        var manifest = _runner.ManifestOf(plan);
        Require(suite, manifest, policy);
        var log = RunLog.Open(folder, manifest);
        await using (log.ConfigureAwait(false))
        {
            // Every part freezes the plan of the whole, so that the merged run can show it.
            if (manifest is { Baseline: not null, Candidate: not null })
                _ = Freeze(suite, log, policy, Planned());
            var run = await _runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            return run.End == RunEnd.Completed ? (await AskCapabilityAsync(log.Folder, run, shard, progress, cancellationToken).ConfigureAwait(false)).Run ?? run : run;
        }
    }

    /// <summary>Asks the capability questions on what is left of the budget.</summary>
    /// <returns>The summary of both parts together, and the scores of an unsharded run; nothing when there are no questions.</returns>
    private async Task<(RunSummary? Run, CapabilityComparison? Comparison)> AskCapabilityAsync(
        string folder, RunSummary before, RunShard? shard, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        if (_options.Capability is not { } suite)
            return default;
        var plan = shard is null ? RunPlan.From(suite) : RunPlan.From(suite).Take(shard);
        var manifest = _runner.ManifestOf(plan);
        var log = _options.RunFolder is null && shard is null ? RunLog.InMemory(manifest) : RunLog.Open(Path.Combine(folder, RunLog.CapabilityFolderName), manifest);
        await using (log.ConfigureAwait(false))
        {
            var run = _runner is SafetyRegressionRunner own
                ? await own.ContinueAsync(plan, log, before.Progress, progress, cancellationToken).ConfigureAwait(false)
                : await _runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            var comparison = shard is null ? await CapabilityRunProjection.ProjectAsync(suite, log, _options.Scorers, cancellationToken).ConfigureAwait(false) : null;
            return (run with { StartedAt = before.StartedAt, Progress = before.Progress + run.Progress }, comparison);
        }
    }
}
