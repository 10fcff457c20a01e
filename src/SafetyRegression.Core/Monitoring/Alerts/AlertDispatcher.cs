using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using SafetyRegression.Diagnostics;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// Sends alerts over routes: writes them into the outbox first, retries with growing pauses, honours Retry-After, and says what became of each. A failing
/// sink never throws here and never changes a recommendation; it is reported in the receipt, the log and a metric.
/// </summary>
public sealed class AlertDispatcher
{
    private readonly ImmutableArray<AlertRoute> _routes;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Creates a dispatcher.</summary>
    /// <param name="routes">The routes; names are unique.</param>
    /// <param name="options">How hard delivery is tried; <see langword="null"/> for the defaults.</param>
    /// <param name="timeProvider">The clock; <see langword="null"/> for the system's.</param>
    /// <param name="logger">Receives routes, ids and words of closed sets; never an address or a message of a transport.</param>
    /// <exception cref="ArgumentException">Two routes have one name.</exception>
    /// <exception cref="OptionsValidationException">An option is out of its range.</exception>
    public AlertDispatcher(IEnumerable<AlertRoute> routes, AlertOptions? options = null, TimeProvider? timeProvider = null, ILogger<AlertDispatcher>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(routes);
        _routes = [.. routes];
        if (_routes.GroupBy(route => route.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"Two alert routes are named '{twice.Key}'.", nameof(routes));
        _options = options ?? new AlertOptions();
        if (new AlertOptionsValidator().Validate(name: null, _options) is { Failed: true } invalid)
            throw new OptionsValidationException(nameof(AlertOptions), typeof(AlertOptions), invalid.Failures);
        (_time, _logger) = (timeProvider ?? TimeProvider.System, (ILogger?)logger ?? NullLogger.Instance);
    }

    /// <summary>The routes.</summary>
    public ImmutableArray<AlertRoute> Routes => _routes;

    /// <summary>Sends an alert over every route it is urgent enough for.</summary>
    /// <param name="alert">The alert; a resolution goes over every route.</param>
    /// <param name="outbox">The run log that keeps it until it is delivered; <see langword="null"/> when it need not survive the process.</param>
    /// <param name="cancellationToken">The caller's token; what was not delivered stays in the outbox.</param>
    /// <returns>One receipt a route.</returns>
    public async Task<ImmutableArray<AlertReceipt>> SendAsync(SafetyAlert alert, RunLog? outbox = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        return await SendAsync([.. _routes.Where(route => alert.Severity is null || alert.Severity <= route.Least).Select(route => (route, alert))], outbox, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends what an outbox still owes: after a kill, or when a receiver was away.</summary>
    /// <param name="outbox">The run log.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>One receipt for each alert and route owed; a route that is no longer there is reported as undelivered.</returns>
    public async Task<ImmutableArray<AlertReceipt>> ResumeAsync(RunLog outbox, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(outbox);
        var owed = new AlertOutbox(outbox).Owed();
        var known = owed.Select(item => (Route: _routes.FirstOrDefault(route => StringComparer.Ordinal.Equals(route.Name, item.Route)), item.Alert)).Where(item => item.Route is not null);
        var lost = owed.Where(item => !_routes.Any(route => StringComparer.Ordinal.Equals(route.Name, item.Route))).Select(item => new AlertReceipt
        {
            Route = item.Route,
            Required = false,
            AlertId = item.Alert.Id,
            Severity = item.Alert.Severity,
            Delivered = false,
            Tries = 0,
            Problem = AlertProblem.NoRoute,
        }).ToList();
        var receipts = await SendAsync([.. known.Select(item => (item.Route!, item.Alert))], outbox, cancellationToken).ConfigureAwait(false);
        return [.. receipts, .. lost];
    }

    /// <summary>Sends each alert over its route: all are in the outbox before the first is tried.</summary>
    internal async Task<ImmutableArray<AlertReceipt>> SendAsync(ImmutableArray<(AlertRoute Route, SafetyAlert Alert)> alerts, RunLog? outbox, CancellationToken cancellationToken)
    {
        var box = new AlertOutbox(outbox);
        foreach (var (route, alert) in alerts)
            await box.OweAsync(route, alert).ConfigureAwait(false);
        return [.. await Task.WhenAll(alerts.Select(item => DeliverAsync(item.Route, item.Alert, box, cancellationToken))).ConfigureAwait(false)];
    }

    private async Task<AlertReceipt> DeliverAsync(AlertRoute route, SafetyAlert alert, AlertOutbox box, CancellationToken cancellationToken)
    {
        AlertDelivery last;
        var tries = 0;
        while (true)
        {
            last = await TryAsync(route, alert, cancellationToken).ConfigureAwait(false);
            tries++;
            if (last.Reply != AlertReply.Failed || tries >= _options.MaxTries || last.RetryAfter > _options.MaxRetryAfter)
                break;
            await Task.Delay(Pause(alert, tries, last.RetryAfter), _time, cancellationToken).ConfigureAwait(false);
        }

        var receipt = new AlertReceipt
        {
            Route = route.Name,
            Required = route.Required,
            AlertId = alert.Id,
            Severity = alert.Severity,
            Delivered = last.Reply == AlertReply.Delivered,
            Tries = tries,
            Problem = last.Reply == AlertReply.Delivered ? null : last.Problem ?? AlertProblem.Unknown,
            Status = last.Status,
        };
        await box.SettleAsync(alert, receipt).ConfigureAwait(false);
        Tell(receipt);
        return receipt;
    }

    private async Task<AlertDelivery> TryAsync(AlertRoute route, SafetyAlert alert, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.TryTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            // A sink that ignores its token must not hold the others up.
            return await route.Sink.SendAsync(alert, either.Token).AsTask().WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AlertDelivery.Failed(AlertProblem.Timeout);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Its message may quote an address.
            return AlertDelivery.Failed(AlertProblem.SinkFailed);
        }
    }

    /// <summary>Doubling pauses, with jitter from the alert's id, so that a run can be repeated and many hosts do not knock at once.</summary>
    private TimeSpan Pause(SafetyAlert alert, int tries, TimeSpan? retryAfter)
    {
        var jitter = int.Parse(alert.Id.AsSpan(tries % 8, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) / 1024.0;
        var own = _options.FirstDelay * Math.Pow(2, tries - 1) * (1 + jitter);
        return retryAfter > own ? retryAfter.Value : own;
    }

    private void Tell(AlertReceipt receipt)
    {
        SafetyRegressionTelemetry.RecordAlert(receipt.Route, receipt.Delivered ? "delivered" : "undelivered");
        if (receipt.Delivered)
            _logger.AlertSent(receipt.Route, receipt.AlertId, receipt.Tries);
        else
            _logger.AlertFailed(receipt.Route, receipt.AlertId, receipt.Problem.ToString()!, receipt.Status ?? 0, receipt.Tries);
    }
}
