using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>Wires lineages, alerts and their health.</summary>
public static class SafetyMonitoringBuilderExtensions
{
    /// <summary>
    /// Registers <see cref="SafetyMonitor"/>, <see cref="AlertDispatcher"/>, <see cref="LineageBoard"/> and <see cref="SafetyHealthCheck"/>. Add the last to
    /// the host's health checks: <c>services.AddHealthChecks().AddCheck&lt;SafetyHealthCheck&gt;("safety")</c>.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="folders">Where lineages are kept; <see langword="null"/> for the defaults.</param>
    /// <param name="configure">How they are watched.</param>
    /// <param name="configureAlerts">How hard delivery is tried.</param>
    public static SafetyRegressionBuilder AddMonitoring(
        this SafetyRegressionBuilder builder, MonitoringFolders? folders = null, Action<MonitoringOptions>? configure = null, Action<AlertOptions>? configureAlerts = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<MonitoringOptions>().Configure(configure ?? (static _ => { })).ValidateOnStart();
        services.AddOptions<AlertOptions>().Configure(configureAlerts ?? (static _ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<MonitoringOptions>, MonitoringOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AlertOptions>, AlertOptionsValidator>());
        services.TryAddSingleton(folders ?? new MonitoringFolders());
        services.TryAddSingleton<LineageBoard>();
        services.TryAddSingleton(static provider => new SafetyHealthCheck(provider.GetRequiredService<LineageBoard>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(static provider => new AlertDispatcher(
            provider.GetServices<AlertRoute>(),
            provider.GetRequiredService<IOptions<AlertOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<AlertDispatcher>>()));
        services.TryAddSingleton(static provider => new SafetyMonitor(
            provider.GetRequiredService<MonitoringFolders>(),
            provider.GetRequiredService<IOptions<MonitoringOptions>>().Value,
            provider.GetRequiredService<AlertDispatcher>(),
            provider.GetRequiredService<LineageBoard>(),
            provider.GetRequiredService<TimeProvider>()));
        return builder;
    }

    /// <summary>Adds a place alerts go to; call again for more.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The route's name in logs, receipts and histories; unique, and no secret.</param>
    /// <param name="factory">Makes the sink.</param>
    /// <param name="required">Whether an undelivered alert makes the run fail in a way of its own.</param>
    /// <param name="least">The least urgent alert the route is for.</param>
    public static SafetyRegressionBuilder AddAlertRoute(
        this SafetyRegressionBuilder builder, string name, Func<IServiceProvider, IAlertSink> factory, bool required = false, AlertSeverity least = AlertSeverity.Warning)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);
        builder.Services.AddSingleton(provider => new AlertRoute { Name = name, Sink = factory(provider), Required = required, Least = least });
        return builder;
    }
}
