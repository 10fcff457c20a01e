using Microsoft.Extensions.Logging;
using SafetyRegression.Diagnostics;

namespace SafetyRegression.Monitoring;

/// <summary>Writes alerts into the host's log (event 1210).</summary>
/// <param name="logger">The log.</param>
public sealed class LoggerAlertSink(ILogger logger) : IAlertSink
{
    /// <inheritdoc/>
    public ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var level = alert.Severity switch
        {
            null => LogLevel.Information,
            AlertSeverity.Critical => LogLevel.Critical,
            AlertSeverity.Error => LogLevel.Error,
            _ => LogLevel.Warning,
        };
        if (!logger.IsEnabled(level))
            return ValueTask.FromResult(AlertDelivery.Rejected(AlertProblem.NobodyListens));
        logger.SafetyAlert(level, AlertWords.Title(alert), AlertWords.Summary(alert), alert.Severity?.ToString() ?? "resolved", alert.DedupKey, alert.EvidenceHead ?? "none");
        return ValueTask.FromResult(AlertDelivery.Delivered());
    }
}
