using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafetyRegression.Gating;

namespace SafetyRegression.Monitoring;

/// <summary>
/// The lineages as a host's health: blocked is unhealthy; deployed with monitoring, expired, never observed, not checkable, or with an undelivered required
/// alert is degraded. A board without any lineage is degraded too: nothing is watched.
/// </summary>
/// <param name="board">How the lineages stand.</param>
/// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
public sealed class SafetyHealthCheck(LineageBoard board, TimeProvider? timeProvider = null) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var now = (timeProvider ?? TimeProvider.System).GetUtcNow();
        var lineages = board.Statuses.Select(status => (status.Lineage, Health: Of(status, now), Words: string.Join(", ", Words(status, now)))).ToList();
        if (lineages.Count == 0)
            return Task.FromResult(HealthCheckResult.Degraded("no lineage is watched"));
        var data = lineages.ToDictionary(lineage => lineage.Lineage, lineage => (object)lineage.Words, StringComparer.Ordinal);
        var text = string.Join("; ", lineages.Select(lineage => $"{lineage.Lineage}: {lineage.Words}"));
        return Task.FromResult(new HealthCheckResult(lineages.Min(lineage => lineage.Health), text, data: data));
    }

    private static HealthStatus Of(LineageStatus status, DateTimeOffset now) =>
        status.Recommendation == DeploymentRecommendation.Block ? HealthStatus.Unhealthy
        : status.Recommendation != DeploymentRecommendation.Deploy || status.IsStale(now) || status.IsIncomplete || status.IsAlertOwed ? HealthStatus.Degraded
        : HealthStatus.Healthy;

    private static IEnumerable<string> Words(LineageStatus status, DateTimeOffset now)
    {
        yield return status.Recommendation is { } recommendation ? VerdictSentence.Words(recommendation) : "never observed";
        if (status.Recommendation is not null && status.IsStale(now))
            yield return status.ValidUntil is { } last ? string.Create(CultureInfo.InvariantCulture, $"expired on {last:yyyy-MM-dd}") : "without an end of validity";
        if (status.IsIncomplete)
            yield return "the last check could not be made";
        if (status.IsAlertOwed)
            yield return "a required alert is undelivered";
    }
}
