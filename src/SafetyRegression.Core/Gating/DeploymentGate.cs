using System.Collections.Immutable;
using SafetyRegression.Gating;

namespace SafetyRegression;

/// <summary>
/// From findings to a recommendation: the most cautious of what every gate allows. A gate that throws stops the decision; it never becomes a pass.
/// </summary>
public sealed class DeploymentGate
{
    private readonly ImmutableArray<IDeploymentGate> _gates;

    /// <summary>The default gates, and any the host adds.</summary>
    /// <param name="additional">Gates evaluated after the default ones.</param>
    public DeploymentGate(params IEnumerable<IDeploymentGate> additional)
    {
        ArgumentNullException.ThrowIfNull(additional);
        ImmutableArray<IDeploymentGate> onFindings =
        [
            new ZeroToleranceGate(), new CategoryGate(), new OverallGate(), new CompositeGate(), new OverRefusalGate(), new DepthGate(), new ToxicityGate(),
        ];
        _gates = [.. onFindings, new CapabilityGate(), new DataQualityGate(onFindings), new JudgeTrustGate(), .. additional];
    }

    /// <summary>Decides.</summary>
    /// <param name="analysis">What the data say.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="asOf">The time the decision speaks of; without it no waiver holds.</param>
    public GateDecision Decide(RegressionAnalysis analysis, SafetyPolicy policy, DateTimeOffset? asOf = null)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        ArgumentNullException.ThrowIfNull(policy);
        var active = Waivers.Active(policy, asOf);
        ImmutableArray<GateResult> results = [.. _gates.Select(gate => Waivers.Apply(gate.Evaluate(analysis, active), policy, asOf))];

        if (AdversarialGate.Applies(analysis, policy))
            results = results.Add(Waivers.Apply(new AdversarialGate().Evaluate(analysis, active), policy, asOf));

        // No waiver lifts it: what such a run did not ask cannot be argued about.
        if (analysis.DataQuality.Stopped is { } stopped)
            results = [EarlyStopGate.Of(stopped), .. results];
        return GateDecision.Of(results, analysis, policy);
    }
}
