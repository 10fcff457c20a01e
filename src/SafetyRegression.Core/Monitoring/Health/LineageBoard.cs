using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>How the lineages of a host stand: written by <see cref="SafetyMonitor"/>, read by the health check. Safe to use from any thread.</summary>
public sealed class LineageBoard
{
    private readonly ConcurrentDictionary<string, LineageStatus> _statuses = new(StringComparer.Ordinal);

    /// <summary>The lineages in ordinal order.</summary>
    public ImmutableArray<LineageStatus> Statuses => [.. _statuses.Values.OrderBy(status => status.Lineage, StringComparer.Ordinal)];

    /// <summary>Names a lineage that must be observed: until it is, the host is degraded. What its history says holds at once.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="historyFolder">The folder of histories, to go on after a restart; <see langword="null"/> to start without one.</param>
    /// <exception cref="InvalidInputException">The history cannot be used.</exception>
    public void Expect(string lineage, string? historyFolder = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lineage);
        var last = historyFolder is null ? null : LineageHistory.Open(LineageHistory.PathOf(historyFolder, lineage)).Entries.LastOrDefault();
        _statuses.TryAdd(lineage, last is null
            ? new LineageStatus { Lineage = lineage }
            : new LineageStatus { Lineage = lineage, Recommendation = last.Recommendation, At = last.At, ValidUntil = last.ValidUntil });
    }

    /// <summary>Sets how a lineage stands.</summary>
    /// <param name="status">The status.</param>
    public void Set(LineageStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        _statuses[status.Lineage] = status;
    }

    /// <summary>Notes that the last check of a lineage could not be made; what was recommended before stays visible.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="isAlertOwed">Whether an alert on a required route is undelivered.</param>
    public void SetIncomplete(string lineage, bool isAlertOwed = false) => _statuses.AddOrUpdate(
        lineage,
        name => new LineageStatus { Lineage = name, IsIncomplete = true, IsAlertOwed = isAlertOwed },
        (_, status) => status with { IsIncomplete = true, IsAlertOwed = isAlertOwed });
}
