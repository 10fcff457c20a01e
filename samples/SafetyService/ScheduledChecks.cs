using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace SafetyService;

/// <summary>A check every interval.</summary>
internal sealed class ScheduledChecks(SafetyCheck check, IOptions<ServiceOptions> options, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Interval <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        do
            await check.RunAsync(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
