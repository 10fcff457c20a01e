using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using SafetyRegression;

namespace SafetyService;

/// <summary>What a receiver of the signed webhook does: verifies the signature in constant time, refuses old ones, and takes every alert once.</summary>
internal sealed class AlertReceiver(IOptions<ServiceOptions> options, TimeProvider time)
{
    private const int LongestBody = 64 * 1024;
    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.Value.WebhookSecret);
    private readonly ConcurrentDictionary<string, bool> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<JsonElement> _alerts = new();

    /// <summary>The alerts in the order they came.</summary>
    internal IReadOnlyCollection<JsonElement> Alerts => _alerts;

    internal async Task<IResult> ReceiveAsync(HttpRequest request)
    {
        if (request.ContentLength is not { } length || length is <= 0 or > LongestBody)
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var body = new byte[length];
        await request.Body.ReadExactlyAsync(body, request.HttpContext.RequestAborted);
        string? id = request.Headers[WebhookSignature.IdHeader];
        if (!WebhookSignature.IsValid(_secret, id, request.Headers[WebhookSignature.TimestampHeader], request.Headers[WebhookSignature.SignatureHeader], body, time.GetUtcNow()))
            return Results.Unauthorized();
        if (_seen.TryAdd(id!, true))
        {
            using var json = JsonDocument.Parse(body);
            _alerts.Enqueue(json.RootElement.Clone());
        }

        return Results.Ok();
    }
}
