using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>
/// Wires models, classifier and gates. The models are plain keyed <see cref="IChatClient"/>s, so a host may as well register them itself, with
/// <see cref="SafetyRegressionKeys"/> as keys.
/// </summary>
public sealed class SafetyRegressionBuilder
{
    internal SafetyRegressionBuilder(IServiceCollection services) => Services = services;

    /// <summary>The service collection.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The reference model.</summary>
    /// <param name="factory">Makes the client.</param>
    public SafetyRegressionBuilder UseBaseline(Func<IServiceProvider, IChatClient> factory) => UseClient(SafetyRegressionKeys.Baseline, factory);

    /// <summary>The reference model, with prices, limits and failure classifier of its own.</summary>
    /// <param name="factory">Makes the target.</param>
    public SafetyRegressionBuilder UseBaseline(Func<IServiceProvider, ModelTarget> factory) => UseTarget(SafetyRegressionKeys.Baseline, factory);

    /// <summary>The model under test.</summary>
    /// <param name="factory">Makes the client.</param>
    public SafetyRegressionBuilder UseCandidate(Func<IServiceProvider, IChatClient> factory) => UseClient(SafetyRegressionKeys.Candidate, factory);

    /// <summary>The model under test, with prices, limits and failure classifier of its own.</summary>
    /// <param name="factory">Makes the target.</param>
    public SafetyRegressionBuilder UseCandidate(Func<IServiceProvider, ModelTarget> factory) => UseTarget(SafetyRegressionKeys.Candidate, factory);

    /// <summary>Adds a judge's client; call again for more.</summary>
    /// <param name="factory">Makes the client.</param>
    public SafetyRegressionBuilder AddJudge(Func<IServiceProvider, IChatClient> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.AddKeyedSingleton<IChatClient>(SafetyRegressionKeys.Judge, (provider, _) => factory(provider));
        return this;
    }

    /// <summary>Decides what each answer is, in place of the built-in regular expressions.</summary>
    /// <param name="factory">Makes the classifier.</param>
    public SafetyRegressionBuilder UseClassifier(Func<IServiceProvider, IResponseClassifier> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.Replace(ServiceDescriptor.Singleton(factory));
        return this;
    }

    /// <summary>
    /// Lets the judges added with <see cref="AddJudge"/> decide, with their defences on: one alone, several as a panel. Their verdicts are kept with the run.
    /// </summary>
    /// <param name="configure">How each of them is called.</param>
    /// <param name="behind">A text classifier that abstains when unsure: judges are then asked only about what it leaves open.</param>
    /// <param name="calibrations">Where the error of this very classifier against people was kept; without it the judge-trust gate allows monitoring at most.</param>
    public SafetyRegressionBuilder UseJudges(Action<JudgeOptions>? configure = null, IResponseClassifier? behind = null, CalibrationStore? calibrations = null) => UseClassifier(provider =>
    {
        var judges = provider.GetKeyedServices<IChatClient>(SafetyRegressionKeys.Judge).Select(client =>
        {
            var options = new JudgeOptions();
            configure?.Invoke(options);
            return Judges.Create(client, options);
        }).ToList();
        if (judges.Count == 0)
            throw new InvalidOperationException($"No judge is registered as '{SafetyRegressionKeys.Judge}'. Call AddJudge.");
        var decider = judges.Count == 1 ? judges[0] : new JudgePanel(judges);
        var classifier = behind is null ? decider : Judges.Behind(behind, decider);
        return new CalibratedClassifier(classifier, calibrations?.Find(classifier.Identity));
    });

    /// <summary>Adds a gate, evaluated after the built-in ones.</summary>
    /// <param name="gate">The gate.</param>
    public SafetyRegressionBuilder AddGate(IDeploymentGate gate)
    {
        ArgumentNullException.ThrowIfNull(gate);
        Services.AddSingleton(gate);
        return this;
    }

    private SafetyRegressionBuilder UseClient(string key, Func<IServiceProvider, IChatClient> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.AddKeyedSingleton<IChatClient>(key, (provider, _) => factory(provider));
        return this;
    }

    private SafetyRegressionBuilder UseTarget(string key, Func<IServiceProvider, ModelTarget> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        Services.AddKeyedSingleton(key, (provider, _) => factory(provider));
        return this;
    }
}
