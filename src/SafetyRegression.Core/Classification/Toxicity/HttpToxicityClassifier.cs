using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>Scores texts at an HTTP service. The host's <see cref="HttpClient"/> carries keys, time-outs and retries; a failure is a missing score.</summary>
public sealed class HttpToxicityClassifier : IToxicityClassifier
{
    private readonly HttpClient _http;
    private readonly Uri _endpoint;
    private readonly ToxicityService _service;

    /// <summary>Makes the scorer.</summary>
    /// <param name="http">Sends the requests; disposed by the caller.</param>
    /// <param name="endpoint">Where the service is.</param>
    /// <param name="service">Its shape.</param>
    public HttpToxicityClassifier(HttpClient http, Uri endpoint, ToxicityService service)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(service);
        (_http, _endpoint, _service) = (http, endpoint, service);

        // A query may hold a key and is no part of who scores.
        var address = endpoint.IsAbsoluteUri ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : string.Empty;
        Identity = new ClassifierIdentity
        {
            Name = service.Name,
            Version = service.Version,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', "toxicity/1", service.Name, service.Version, address)))),
        };
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <inheritdoc/>
    public async ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(text))
            return ToxicityScore.None("no-text");
        try
        {
            using var content = new ByteArrayContent(Body(text));
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await _http.PostAsync(_endpoint, content, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                return ToxicityScore.None(string.Create(CultureInfo.InvariantCulture, $"http-{(int)response.StatusCode}"));
            var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                using var json = await JsonDocument.ParseAsync(stream, cancellationToken: cancellationToken).ConfigureAwait(false);
                return _service.Scores(json.RootElement) is { } scores ? ToxicityScore.Highest(scores) : ToxicityScore.None("unreadable");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException)
        {
            return ToxicityScore.None("timeout");
        }
        catch (JsonException)
        {
            return ToxicityScore.None("unreadable");
        }
        catch (HttpRequestException)
        {
            return ToxicityScore.None("unreachable");
        }
    }

    private byte[] Body(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            _service.Request(writer, text);
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
