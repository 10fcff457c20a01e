using Microsoft.Extensions.Options;
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
        RequireAboveNoise(suite, manifest, policy);
        var paid = _classifier.HoldsJudges() ? _classifier.Identity : null;
        JudgingEvidence.Of(_classifier).CheckFamilies([.. new[] { manifest.Baseline, manifest.Candidate }.OfType<TargetIdentity>().Select(target => target.Model)]);
        var log = await RunFolders.OpenAsync(_options.RunFolder, manifest, paid).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            if (paid is not null)
                await JudgingMark.BeginAsync(log, paid).ConfigureAwait(false);
            var (asked, capability) = await AskCapabilityAsync(log, progress, cancellationToken).ConfigureAwait(false);
            var attacks = _options.Attacks is not { } attacker || asked is { End: not RunEnd.Completed } ? [] :
                await attacker.RunAsync(_options.RunFolder is null ? null : Path.Combine(log.Folder, "attacks"), LoggedClassifier.Over(_classifier, log), cancellationToken).ConfigureAwait(false);
            // The capability questions come first, in a folder inside this one: while this run is unfinished the same call finds and finishes both.
            var run = asked is { End: not RunEnd.Completed } ? asked : await _runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            var classifier = LoggedClassifier.Over(_classifier, log);
            var toxicity = _options.Toxicity is { } scorer ? new LoggedToxicity(scorer, log) : null;
            var arms = await SuiteRunProjection.ProjectAsync(suite, log, classifier, _options.ClassificationConcurrency, toxicity, cancellationToken).ConfigureAwait(false);
            if (arms is not { Baseline: { } baseline, Candidate: { } candidate })
                throw new InvalidOperationException("The runner asks one model only; comparing takes two.");
            if (paid is not null && run.End == RunEnd.Completed && !baseline.Samples.Concat(candidate.Samples).Any(sample => JudgingMark.IsOpen(sample.Verdict)))
                await JudgingMark.EndAsync(log, paid).ConfigureAwait(false);
            var reportOptions = new ReportOptions
            {
                AllowSameTarget = _options.Run.AllowSameTarget,
                AdditionalGates = [.. _gates],
                Capability = capability,
                Attacks = attacks,
                NoiseFloor = _options.NoiseFloor,
                Judging = JudgingEvidence.Of(classifier),
            };
            return new SafetyComparison
            {
                Report = RegressionReport.Create(suite, baseline, candidate, policy, reportOptions, cancellationToken),
                Run = run,
                Baseline = baseline,
                Candidate = candidate,
                RunFolder = _options.RunFolder is null ? null : log.Folder,
            };
        }
    }

    /// <summary>Before anything is paid for: the noise floor belongs to this baseline, and the policy asks for nothing below it.</summary>
    private void RequireAboveNoise(SafetySuite suite, RunManifest manifest, SafetyPolicy policy)
    {
        if (_options.NoiseFloor is not { } noise || manifest.Baseline is not { } baseline)
            return;
        Analysis.NoiseFloorRules.RequireFit(noise, baseline, suite.Fingerprint, _classifier.Identity, manifest.Generation, policy);
        noise.Require(suite, policy, manifest.Samples);
    }

    private async Task<(RunSummary? Run, CapabilityComparison? Comparison)> AskCapabilityAsync(RunLog main, IProgress<RunProgress>? progress, CancellationToken cancellationToken)
    {
        if (_options.Capability is not { } suite)
            return default;
        var plan = RunPlan.From(suite.Name, suite.Version, suite.RunItems);
        var manifest = _runner.ManifestOf(plan);
        var log = _options.RunFolder is null ? RunLog.InMemory(manifest) : RunLog.Open(Path.Combine(main.Folder, "capability"), manifest);
        await using (log.ConfigureAwait(false))
        {
            var run = await _runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            if (manifest is not { Baseline: { } before, Candidate: { } after })
                throw new InvalidOperationException("The runner asks one model only; comparing takes two.");
            var answers = new List<ModelAnswer>();
            await foreach (var answer in log.ReadAnswersAsync(cancellationToken).ConfigureAwait(false))
                answers.Add(answer);
            var baseline = await CapabilityScoring.ScoreAsync(suite, answers, Arm.Baseline, before, manifest.Samples, _options.Scorers, cancellationToken: cancellationToken).ConfigureAwait(false);
            var candidate = await CapabilityScoring.ScoreAsync(suite, answers, Arm.Candidate, after, manifest.Samples, _options.Scorers, cancellationToken: cancellationToken).ConfigureAwait(false);
            return (run, new CapabilityComparison(suite, baseline, candidate));
        }
    }
}
