using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SafetyRegression;
using SafetyRegression.Classification;
using SafetyRegression.Running;

namespace SafetyService;

/// <summary>One check: asks the deployed model, judges, watches. One at a time.</summary>
internal sealed class SafetyCheck(DeployedModel model, SafetySuite suite, IResponseClassifier classifier, SafetyMonitor monitor, IOptions<ServiceOptions> options, TimeProvider time, ILogger<SafetyCheck> logger) : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly IReadOnlyList<LabeledAnswer> _canary = CanarySet.Answers;
    private int _checks;

    /// <summary>The last report, if any.</summary>
    internal RegressionReport? Report { get; private set; }

    public void Dispose() => _one.Dispose();

    /// <summary>Makes a check.</summary>
    /// <returns>What was observed; <see langword="null"/> when the check could not be made, which is told as an alert.</returns>
    internal async Task<MonitoredRun?> RunAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ObserveAsync(cancellationToken);
        }
        catch (Exception e) when (e is CallFailedException or RunLogException or IOException or InvalidInputException)
        {
            logger.LogError("The check could not be made: {Error}", e.GetType().Name);
            await monitor.ReportIncompleteAsync(options.Value.Lineage, suite, model.Name, cancellationToken);
            return null;
        }
        finally
        {
            _one.Release();
        }
    }

    private async Task<MonitoredRun?> ObserveAsync(CancellationToken cancellationToken)
    {
        var target = model.Connect();
        using var client = target.Client;
        var runner = new SafetyRegressionRunner(baseline: null, target, new SafetyRunOptions { MaxRetries = 1, RetryDelay = TimeSpan.FromMilliseconds(50) });
        var plan = RunPlan.From(suite);
        var name = string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{Interlocked.Increment(ref _checks)}");
        await using var log = RunLog.Open(Path.Combine(options.Value.Folder, "runs", name), runner.ManifestOf(plan));
        await runner.RunAsync(plan, log, cancellationToken: cancellationToken);
        var arms = await SuiteRunProjection.ProjectAsync(suite, log, classifier, cancellationToken: cancellationToken);
        var iteration = new MonitoredIteration
        {
            Lineage = options.Value.Lineage,
            Suite = suite,
            Run = arms.Candidate!,
            Purpose = LineagePurpose.Watch,
            Canary = await CanaryReading.TakeAsync(classifier, _canary, cancellationToken),
        };
        var observed = await monitor.ObserveAsync(iteration, log, cancellationToken);
        Report = observed.Report ?? Report;
        return observed;
    }
}
