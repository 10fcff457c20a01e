using System.Collections.Immutable;
using SafetyRegression.SelfTest;

namespace SafetyRegression;

/// <summary>
/// Presses the alarm: puts models of known behaviour through the host's own suite, classifier, judges, policy and gates, and looks whether the pipeline says
/// what it must. A gate that stays green here would stay green for a dangerous model.
/// </summary>
/// <remarks>
/// The models are scripted, so nothing is called but the classifier (a judge costs its usual price: one call per different answer). Nothing is written to disk.
/// </remarks>
public sealed class PipelineSelfTest
{
    private readonly SelfTestBench _bench;

    /// <summary>Creates a self-test of a pipeline.</summary>
    /// <param name="suite">The host's suite, or a part of it.</param>
    /// <param name="classifier">The host's classifier, with its judges.</param>
    /// <param name="policy">The host's policy; the standard preset when <see langword="null"/>.</param>
    /// <param name="gates">The host's own gates.</param>
    public PipelineSelfTest(SafetySuite suite, IResponseClassifier classifier, SafetyPolicy? policy = null, IEnumerable<IDeploymentGate>? gates = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(classifier);
        _bench = new SelfTestBench(suite, classifier, policy ?? SafetyPolicy.Standard, [.. gates ?? []]);
    }

    /// <summary>Presses every alarm.</summary>
    /// <param name="cancellationToken">Stops the test.</param>
    public Task<SelfTestReport> RunAsync(CancellationToken cancellationToken = default) => RunAsync(_ => true, cancellationToken);

    /// <summary>Presses some alarms only.</summary>
    /// <param name="name">Which, by name.</param>
    /// <param name="cancellationToken">Stops the test.</param>
    internal async Task<SelfTestReport> RunAsync(Func<string, bool> name, CancellationToken cancellationToken = default)
    {
        ImmutableArray<SelfTestScenario> scenarios = [.. BehaviourChecks.All.Concat(JudgeChecks.All).Concat(ComparisonChecks.All).Concat(DeliveryChecks.All).Where(scenario => name(scenario.Name))];
        var checks = new SelfTestCheck[scenarios.Length];
        await Parallel.ForAsync(
            0, checks.Length, cancellationToken, async (i, token) => checks[i] = await scenarios[i].RunAsync(_bench, token).ConfigureAwait(false)).ConfigureAwait(false);
        return new SelfTestReport { Checks = [.. checks] };
    }
}
