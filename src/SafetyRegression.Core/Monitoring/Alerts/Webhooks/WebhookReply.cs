using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SafetyRegression.Monitoring;

/// <summary>What a receiver's reply means. A status of success is not believed when the body says otherwise.</summary>
internal static partial class WebhookReply
{
    internal static AlertDelivery Read(WebhookFormat format, int status, TimeSpan? retryAfter, string body)
    {
        var isSuccess = format.Success.IsEmpty ? status is >= 200 and <= 299 : format.Success.Contains(status);
        if (!isSuccess)
            return OfStatus(status, retryAfter);
        var said = body.Trim();
        // Old Teams connectors answer 200 and quote the error of the service behind them.
        if (QuotedError().Match(said) is { Success: true } quoted)
            return OfStatus(int.Parse(quoted.Groups["status"].Value, CultureInfo.InvariantCulture), retryAfter) with { Status = status };
        if (said.Length == 0)
            return AlertDelivery.Delivered(status);
        // A page for people is a proxy or a sign-in, not the receiver.
        if (said[0] == '<')
            return AlertDelivery.Failed(AlertProblem.ErrorInBody, status);
        if (format.SuccessBody is { } expected && !StringComparer.OrdinalIgnoreCase.Equals(said, expected) && said[0] is not ('{' or '['))
            return AlertDelivery.Rejected(AlertProblem.ErrorInBody, status);
        return SaysError(said) ? AlertDelivery.Rejected(AlertProblem.ErrorInBody, status) : AlertDelivery.Delivered(status);
    }

    private static AlertDelivery OfStatus(int status, TimeSpan? retryAfter) => status switch
    {
        429 => AlertDelivery.Failed(AlertProblem.RateLimited, status, retryAfter),
        408 or 425 => AlertDelivery.Failed(AlertProblem.Timeout, status, retryAfter),
        410 => AlertDelivery.Rejected(AlertProblem.Gone, status),
        >= 300 and <= 399 => AlertDelivery.Rejected(AlertProblem.Redirected, status),
        >= 500 => AlertDelivery.Failed(AlertProblem.ServerError, status, retryAfter),
        _ => AlertDelivery.Rejected(AlertProblem.Refused, status),
    };

    private static bool SaysError(string body)
    {
        if (body[0] != '{')
            return ErrorWord().IsMatch(body);
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.EnumerateObject().Any(member => member.Name.ToLowerInvariant() switch
            {
                "error" or "errors" => member.Value.ValueKind switch
                {
                    JsonValueKind.Null or JsonValueKind.False => false,
                    JsonValueKind.Array => member.Value.GetArrayLength() > 0,
                    JsonValueKind.String => member.Value.GetString() is { Length: > 0 },
                    JsonValueKind.Number => !member.Value.TryGetInt32(out var code) || code != 0,
                    _ => true,
                },
                "ok" or "success" => member.Value.ValueKind == JsonValueKind.False,
                "status" or "result" => member.Value.ValueKind == JsonValueKind.String && ErrorWord().IsMatch(member.Value.GetString()!),
                _ => false,
            });
        }
        catch (JsonException)
        {
            // Cut or malformed; nothing that can be believed.
            return true;
        }
    }

    [GeneratedRegex(@"HTTP error (?<status>\d{3})", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex QuotedError();

    [GeneratedRegex("error|fail|invalid|denied|unauthori[sz]ed|rejected|no_service", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex ErrorWord();
}
