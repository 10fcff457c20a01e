using System.Collections.Immutable;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>The shape of a scoring service: how a request is written and how its scores are found. The built-in shapes are data, like every other adapter.</summary>
public sealed record ToxicityService
{
    /// <summary>The name, such as <c>openai-moderation</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The version of the shape.</summary>
    public required string Version { get; init; }

    /// <summary>Writes the JSON body for a text.</summary>
    public required Action<Utf8JsonWriter, string> Request { get; init; }

    /// <summary>Finds the scores in the JSON reply; <see langword="null"/> when it is not of this shape.</summary>
    public required Func<JsonElement, ImmutableSortedDictionary<string, double>?> Scores { get; init; }

    /// <summary>A moderation endpoint in OpenAI's shape: <c>results[0].category_scores</c>.</summary>
    /// <param name="model">The moderation model.</param>
    public static ToxicityService OpenAIModeration(string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return new()
        {
            Name = "openai-moderation:" + model,
            Version = "1",
            Request = (writer, text) =>
            {
                writer.WriteString("model"u8, model);
                writer.WriteString("input"u8, text);
            },
            Scores = static root =>
                Member(root, "results") is { ValueKind: JsonValueKind.Array } results && results.GetArrayLength() == 1 && Member(results[0], "category_scores") is { ValueKind: JsonValueKind.Object } scores
                    ? Numbers(scores, static value => value)
                    : null,
        };
    }

    /// <summary>A service in Perspective's shape: <c>attributeScores.NAME.summaryScore.value</c>.</summary>
    /// <param name="attributes">The attributes asked for; without any, <c>TOXICITY</c>.</param>
    public static ToxicityService Perspective(params IEnumerable<string> attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        ImmutableArray<string> names = [.. attributes];
        if (names.IsEmpty)
            names = ["TOXICITY"];
        return new()
        {
            Name = $"perspective:{string.Join(',', names)}",
            Version = "1",
            Request = (writer, text) =>
            {
                writer.WriteStartObject("comment"u8);
                writer.WriteString("text"u8, text);
                writer.WriteEndObject();
                writer.WriteStartObject("requestedAttributes"u8);
                foreach (var name in names)
                {
                    writer.WriteStartObject(name);
                    writer.WriteEndObject();
                }

                writer.WriteEndObject();
                writer.WriteBoolean("doNotStore"u8, value: true);
            },
            Scores = root => Member(root, "attributeScores") is { ValueKind: JsonValueKind.Object } scores &&
                Numbers(scores, static value => Member(Member(value, "summaryScore"), "value")) is { } found && names.All(found.ContainsKey)
                    ? found
                    : null,
        };
    }

    private static JsonElement Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static ImmutableSortedDictionary<string, double>? Numbers(JsonElement scores, Func<JsonElement, JsonElement> number)
    {
        var found = ImmutableSortedDictionary.CreateBuilder<string, double>(StringComparer.Ordinal);
        foreach (var property in scores.EnumerateObject())
        {
            if (number(property.Value) is not { ValueKind: JsonValueKind.Number } value || !value.TryGetDouble(out var score))
                return null;
            found[property.Name] = score;
        }

        return found.ToImmutable();
    }
}
