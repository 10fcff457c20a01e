using Microsoft.Extensions.Logging;

namespace SafetyRegression.Diagnostics;

/// <summary>Log messages about alerts: routes, ids and words of closed sets, never an address or a key.</summary>
internal static partial class AlertMessages
{
    [LoggerMessage(EventId = 1200, EventName = "AlertSent", Level = LogLevel.Information, Message = "Alert {AlertId} delivered to {Route} after {Tries} tries.")]
    internal static partial void AlertSent(this ILogger logger, string route, string alertId, int tries);

    [LoggerMessage(EventId = 1201, EventName = "AlertFailed", Level = LogLevel.Error, Message = "Alert {AlertId} was NOT delivered to {Route}: {Problem} (HTTP {Status}) after {Tries} tries.")]
    internal static partial void AlertFailed(this ILogger logger, string route, string alertId, string problem, int status, int tries);

    [LoggerMessage(EventId = 1210, EventName = "SafetyAlert", Message = "{Title}. {Summary} [{Severity}, {DedupKey}, evidence {EvidenceHead}]")]
    internal static partial void SafetyAlert(this ILogger logger, LogLevel level, string title, string summary, string severity, string dedupKey, string evidenceHead);
}
