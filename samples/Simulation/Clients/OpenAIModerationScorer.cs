using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Moderations;
using SafetyRegression;
using SafetyRegression.Classification;

namespace Simulation;

/// <summary>
/// The official OpenAI SDK's <see cref="ModerationClient"/> as a toxicity scorer, by its protocol method: the SDK keeps connection, key and errors, and the
/// scores are read in the shape the library knows, so that new categories count too. The SDK's retries stay on: nobody else retries here.
/// </summary>
public sealed class OpenAIModerationScorer : IToxicityClassifier
{
    private readonly ModerationClient _client;
    private readonly ToxicityService _shape;

    /// <summary>Creates a scorer.</summary>
    /// <param name="endpoint">The endpoint up to and including <c>/v1</c>.</param>
    /// <param name="model">The moderation model.</param>
    /// <param name="apiKey">The key; servers without keys take any.</param>
    public OpenAIModerationScorer(Uri endpoint, string model, string apiKey)
    {
        _client = new ModerationClient(model, new ApiKeyCredential(apiKey), new OpenAIClientOptions { Endpoint = endpoint });
        _shape = ToxicityService.OpenAIModeration(model);
        Identity = new ClassifierIdentity
        {
            Name = _shape.Name,
            Version = _shape.Version,
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{_shape.Name}\u001F{_shape.Version}\u001F{endpoint}"))),
        };
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <inheritdoc/>
    public async ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (string.IsNullOrWhiteSpace(text))
            return ToxicityScore.None("no-text");
        try
        {
            using var content = BinaryContent.Create(BinaryData.FromBytes(Body(text)));
            var result = await _client.ClassifyTextAsync(content, new RequestOptions { CancellationToken = cancellationToken });
            using var json = JsonDocument.Parse(result.GetRawResponse().Content);
            return _shape.Scores(json.RootElement) is { } scores ? ToxicityScore.Highest(scores) : ToxicityScore.None("unreadable");
        }
        catch (ClientResultException e)
        {
            return ToxicityScore.None(e.Status == 0 ? "unreachable" : string.Create(CultureInfo.InvariantCulture, $"http-{e.Status}"));
        }
        catch (JsonException)
        {
            return ToxicityScore.None("unreadable");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return ToxicityScore.None("timeout");
        }
    }

    private ReadOnlyMemory<byte> Body(string text)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            _shape.Request(writer, text);
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
