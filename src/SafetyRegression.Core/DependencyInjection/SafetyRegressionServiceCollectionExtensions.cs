using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SafetyRegression;
using SafetyRegression.Classification;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the comparison of two models.</summary>
public static class SafetyRegressionServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ISafetyComparer"/> and <see cref="ISafetyRegressionRunner"/> over the chat clients found under <see cref="SafetyRegressionKeys"/>.
    /// May be called more than once: services are registered once, and every configuration applies. Options are validated when the host starts.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A builder for models, classifier and gates.</returns>
    public static SafetyRegressionBuilder AddSafetyRegression(this IServiceCollection services, Action<SafetyRegressionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SafetyRegressionOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SafetyRegressionOptions>, SafetyRegressionOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IResponseClassifier>(static _ => TextClassifiers.Create(TextClassifiers.Default));
        services.TryAddSingleton<ISafetyRegressionRunner>(static provider =>
        {
            var options = provider.GetRequiredService<IOptions<SafetyRegressionOptions>>().Value;
            return new SafetyRegressionRunner(
                Target(provider, SafetyRegressionKeys.Baseline, options.Baseline),
                Target(provider, SafetyRegressionKeys.Candidate, options.Candidate),
                options.Run,
                provider.GetRequiredService<TimeProvider>(),
                provider.GetService<ILogger<SafetyRegressionRunner>>());
        });
        services.TryAddSingleton<ISafetyComparer>(static provider => new SafetyComparer(
            provider.GetRequiredService<ISafetyRegressionRunner>(),
            provider.GetRequiredService<IResponseClassifier>(),
            provider.GetRequiredService<IOptions<SafetyRegressionOptions>>().Value,
            provider.GetServices<IDeploymentGate>()));
        return new SafetyRegressionBuilder(services);
    }

    private static ModelTarget Target(IServiceProvider provider, string key, TargetIdentity? identity)
    {
        if (provider.GetKeyedService<ModelTarget>(key) is { } target)
            return target;
        var client = provider.GetKeyedService<IChatClient>(key)
            ?? throw new InvalidOperationException($"No model is registered as '{key}'. Call UseBaseline and UseCandidate, or register a keyed IChatClient under this key.");
        return ModelTarget.Of(client, identity);
    }
}
