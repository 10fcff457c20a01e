using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SafetyRegression;
using SafetyRegression.Monitoring;
using SafetyRegression.Suites;
using Simulation;

namespace SafetyService;

/// <summary>Wires the host. Everything but the simulated model and the receiver is what a real host would do.</summary>
internal static class ServiceHost
{
    private const int Seed = 20261121;

    internal static async Task<WebApplication> BuildAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Services.AddOptions<ServiceOptions>().Bind(builder.Configuration.GetSection("Service")).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection("Service").Get<ServiceOptions>() ?? new ServiceOptions();
        var suite = BuiltInSuite.Load(SuitePreset.Standard);

        // The deployed model: simulated, behind a real HTTP server of its own. A real host registers its IChatClient instead.
        var server = await SimulationServer.StartAsync(SimulatedProfiles.Models(TopicLookup.From(suite), Seed, SimulatedProfiles.Base, SimulatedProfiles.Unchanged, SimulatedProfiles.Regressed));
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(suite);
        builder.Services.AddSingleton(new DeployedModel(server, options.Model, Seed));

        var folders = new MonitoringFolders { Baselines = Path.Combine(options.Folder, "baselines"), History = Path.Combine(options.Folder, "history") };
        builder.Services.AddSafetyRegression()
            .AddMonitoring(folders, monitoring => monitoring.Validity = TimeSpan.FromDays(2))
            .AddAlertRoute("log", provider => new LoggerAlertSink(provider.GetRequiredService<Microsoft.Extensions.Logging.ILoggerFactory>().CreateLogger("SafetyAlerts")))
            .AddAlertRoute("telemetry", _ => new TelemetryAlertSink())
            .AddAlertRoute("receiver", provider => new OwnReceiver(provider.GetRequiredService<IServer>(), options.WebhookSecret), required: true);
        AddRoute(builder.Services, "slack", WebhookFormat.Slack, options.Slack, key: null);
        AddRoute(builder.Services, "teams", WebhookFormat.TeamsWorkflows, options.Teams, key: null);
        AddRoute(builder.Services, "pagerduty", WebhookFormat.PagerDuty, options.PagerDuty ?? (options.PagerDutyKey is null ? null : new Uri("https://events.pagerduty.com/v2/enqueue")), options.PagerDutyKey);
        builder.Services.AddHealthChecks().AddCheck<SafetyHealthCheck>("safety");
        builder.Services.AddSingleton<AlertReceiver>();
        builder.Services.AddSingleton<SafetyCheck>();
        builder.Services.AddHostedService<ScheduledChecks>();
        builder.Services.AddTelemetry();

        var app = builder.Build();
        app.Services.GetRequiredService<LineageBoard>().Expect(options.Lineage, folders.History);
        app.Services.StartTelemetry();
        Endpoints.Map(app);
        return app;
    }

    private static void AddRoute(IServiceCollection services, string name, WebhookFormat format, Uri? address, string? key)
    {
        if (address is not null)
            services.AddSingleton(_ => new AlertRoute { Name = name, Sink = new WebhookSink(format, address, new WebhookSinkOptions { RoutingKey = key }) });
    }
}
