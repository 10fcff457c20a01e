using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// Posts alerts to a webhook. The whole address is a secret (it carries a token): it is in no message, log or string of this type, and a redirect is never
/// followed with it. HTTPS only, but for receivers on this machine.
/// </summary>
public sealed class WebhookSink : IAlertSink
{
    private const int LongestBody = 4096;
    private const int ShortestSecret = 16;
    private static readonly SocketsHttpHandler _handler = CreateHandler();
    private static readonly HttpClient _shared = new(_handler, disposeHandler: false);

    private readonly WebhookFormat _format;
    private readonly Uri _address;
    private readonly WebhookSinkOptions _options;
    private readonly HttpClient _client;

    /// <summary>Creates a sink.</summary>
    /// <param name="format">What the receiver wants.</param>
    /// <param name="address">The webhook's address.</param>
    /// <param name="options">Key and secret, as the format needs them.</param>
    /// <param name="client">The client; make it with <see cref="CreateHandler"/>, so that it follows no redirect. <see langword="null"/> for one of our own.</param>
    /// <exception cref="ArgumentException">The address is not HTTPS (or HTTP on this machine), a key the format needs is missing, or the secret is too short.</exception>
    public WebhookSink(WebhookFormat format, Uri address, WebhookSinkOptions? options = null, HttpClient? client = null)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(address);
        options ??= new WebhookSinkOptions();
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)))
            throw new ArgumentException($"The address of the {format.Name} webhook is not HTTPS.", nameof(address));
        if (format.Template?.Contains("{key", StringComparison.Ordinal) == true && string.IsNullOrEmpty(options.RoutingKey))
            throw new ArgumentException($"The {format.Name} webhook needs a routing key.", nameof(options));
        if (options.SigningSecret.Length is > 0 and < ShortestSecret)
            throw new ArgumentException($"The secret of the {format.Name} webhook is shorter than {ShortestSecret} bytes.", nameof(options));
        (_format, _address, _options, _client) = (format, address, options, client ?? _shared);
    }

    /// <summary>A handler that follows no redirect and keeps no cookies, for clients that hosts make themselves.</summary>
    public static SocketsHttpHandler CreateHandler() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };

    /// <inheritdoc/>
    public async ValueTask<AlertDelivery> SendAsync(SafetyAlert alert, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(alert);
        try
        {
            using var request = Request(alert);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            // A host's client may follow redirects behind our back; what arrived elsewhere is not delivered.
            if (response.RequestMessage?.RequestUri is { } answered && answered != _address)
                return AlertDelivery.Rejected(AlertProblem.Redirected, (int)response.StatusCode);
            var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
            return WebhookReply.Read(_format, (int)response.StatusCode, RetryAfter(response), body);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return AlertDelivery.Failed(AlertProblem.Timeout);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return AlertDelivery.Failed(AlertProblem.ConnectionFailed);
        }
    }

    /// <summary>The format's name; the address is withheld.</summary>
    public override string ToString() => _format.Name;

    private HttpRequestMessage Request(SafetyAlert alert)
    {
        var body = _format.Template is { } template ? WebhookTemplate.Render(template, alert, _options.RoutingKey, _format.Escape) : AlertJson.Write(alert);
        var request = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(body), Version = HttpVersion.Version11 };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add(WebhookSignature.IdHeader, alert.Id);
        if (!_options.SigningSecret.IsEmpty)
        {
            var now = _options.TimeProvider.GetUtcNow();
            request.Headers.Add(WebhookSignature.TimestampHeader, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Sign(_options.SigningSecret.Span, alert.Id, now, body));
        }

        return request;
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - _options.TimeProvider.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[LongestBody];
            var length = await stream.ReadAtLeastAsync(bytes, LongestBody, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return Encoding.UTF8.GetString(bytes, 0, length);
        }
    }
}
