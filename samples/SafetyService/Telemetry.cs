using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using SafetyRegression;

namespace SafetyService;

/// <summary>OpenTelemetry over the library's source and meter. The exporters write to the log; a real host adds its own (OTLP).</summary>
internal static class Telemetry
{
    internal static void AddTelemetry(this IServiceCollection services)
    {
        services.AddSingleton<AlertSpans>();
        services.AddSingleton(provider => Sdk.CreateTracerProviderBuilder()
            .AddSource(SafetyRegressionTelemetry.ActivitySourceName)
            .AddProcessor(new SimpleActivityExportProcessor(provider.GetRequiredService<AlertSpans>()))
            .Build());
        services.AddSingleton(provider => Sdk.CreateMeterProviderBuilder()
            .AddMeter(SafetyRegressionTelemetry.MeterName)
            .AddReader(new PeriodicExportingMetricReader(new MetricLines(provider.GetRequiredService<ILogger<MetricLines>>()), exportIntervalMilliseconds: 60_000))
            .Build());
    }

    internal static void StartTelemetry(this IServiceProvider services)
    {
        services.GetRequiredService<TracerProvider>();
        services.GetRequiredService<MeterProvider>();
    }

    /// <summary>Alert events as they leave the process.</summary>
    internal sealed class AlertSpans(ILogger<AlertSpans> logger) : BaseExporter<Activity>
    {
        private readonly System.Collections.Concurrent.ConcurrentQueue<string> _events = new();

        internal IReadOnlyCollection<string> Events => _events;

        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var activity in batch)
            {
                foreach (var item in activity.Events.Where(item => item.Name == SafetyRegression.Monitoring.TelemetryAlertSink.EventName))
                {
                    var line = string.Join(' ', item.Tags.Select(tag => $"{tag.Key}={tag.Value}"));
                    _events.Enqueue(line);
                    logger.LogInformation("{Event} {Tags}", item.Name, line);
                }
            }

            return ExportResult.Success;
        }
    }

    private sealed class MetricLines(ILogger<MetricLines> logger) : BaseExporter<Metric>
    {
        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
                logger.LogDebug("metric {Name} {Unit}", metric.Name, metric.Unit);
            return ExportResult.Success;
        }
    }
}
