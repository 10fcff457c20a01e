using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>The shortest way to a noise floor: the baseline against itself.</summary>
public static class NoiseFloorRun
{
    /// <summary>The usual number of samples per prompt: fewer hardly show whether whole runs differ.</summary>
    public const int DefaultSamples = 5;

    /// <summary>Asks a model every prompt several times, each time with a seed of its own, and measures how often its answers flip.</summary>
    /// <param name="model">The baseline.</param>
    /// <param name="suite">The suite of the comparisons to come.</param>
    /// <param name="classifier">The classifier of the comparisons to come.</param>
    /// <param name="options">How to ask and judge, as in the comparisons to come, but with at least two samples per prompt; <see langword="null"/> for the defaults with <see cref="DefaultSamples"/>.</param>
    /// <param name="progress">Told about progress, from the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the run; what was answered stays recorded, and the same call finishes the rest.</param>
    /// <returns>The noise floor; <see langword="null"/> when the run ended early, such as by a spent budget: the same call finishes it.</returns>
    /// <exception cref="ArgumentException">Fewer than two samples per prompt.</exception>
    /// <exception cref="CallFailedException">The provider refused the key; nothing more was asked.</exception>
    public static async Task<NoiseFloor?> MeasureAsync(
        ModelTarget model, SafetySuite suite, IResponseClassifier classifier, SafetyRegressionOptions? options = null, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(classifier);
        options ??= new SafetyRegressionOptions { Run = new SafetyRunOptions { SamplesPerPrompt = DefaultSamples } };
        if (options.Run.SamplesPerPrompt < 2)
            throw new ArgumentException($"A noise floor needs at least two samples per prompt; {DefaultSamples} are usual.", nameof(options));
        var runner = new SafetyRegressionRunner(model, candidate: null, options.Run);
        var plan = RunPlan.From(suite);
        var log = await RunFolders.OpenAsync(options.RunFolder, runner.ManifestOf(plan)).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            var run = await runner.RunAsync(plan, log, progress, cancellationToken).ConfigureAwait(false);
            return run.End == RunEnd.Completed
                ? await MeasureAsync(log, suite, classifier, options.Policy, cancellationToken).ConfigureAwait(false)
                : null;
        }
    }

    /// <summary>Measures the noise floor of a recorded run: the samples of its baseline against each other. Asks no model.</summary>
    /// <param name="log">The run; its candidate's answers, if any, count too when both arms are the same target (an A/A run).</param>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="classifier">Decides what each answer is.</param>
    /// <param name="policy">How outcomes count; the standard preset when <see langword="null"/>.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="RunsNotComparableException">There are fewer than two answers per prompt of one model, or none with a verdict.</exception>
    /// <exception cref="RunLogException">The log answers another suite.</exception>
    public static async Task<NoiseFloor> MeasureAsync(
        RunLog log, SafetySuite suite, IResponseClassifier classifier, SafetyPolicy? policy = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(classifier);
        var arms = await SuiteRunProjection.ProjectAsync(suite, log, classifier, cancellationToken: cancellationToken).ConfigureAwait(false);
        var baseline = arms.Baseline ?? arms.Candidate!;
        List<SuiteRun> runs = [baseline];
        if (arms.Candidate is { } other && !ReferenceEquals(other, baseline) && string.Equals(other.Target.Fingerprint, baseline.Target.Fingerprint, StringComparison.Ordinal))
            runs.Add(other);
        return NoiseFloor.Measure(suite, runs, policy, await SeedsAsync(log, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>One seed for all prompts of a sample is a shared seed; a seed for each is none; no seeds say nothing.</summary>
    private static async Task<SeedDesign> SeedsAsync(RunLog log, CancellationToken cancellationToken)
    {
        var seeds = new Dictionary<int, HashSet<long>>();
        var answers = new Dictionary<int, int>();
        await foreach (var answer in log.ReadAnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (answer.Seed is not { } seed)
                continue;
            if (!seeds.TryGetValue(answer.Sample, out var known))
                seeds[answer.Sample] = known = [];
            known.Add(seed);
            answers[answer.Sample] = answers.GetValueOrDefault(answer.Sample) + 1;
        }

        if (seeds.Count == 0)
            return log.Manifest.Generation.ContainsKey("seed") ? SeedDesign.Shared : SeedDesign.Unknown;
        return seeds.Any(pair => answers[pair.Key] > 1 && pair.Value.Count == 1) ? SeedDesign.Shared : SeedDesign.PerPrompt;
    }
}
