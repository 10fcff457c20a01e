using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SafetyRegression;

/// <summary>
/// Reads files from outside. A context with <c>RespectNullableAnnotations</c> refuses null where a member's type does, but not in lists and dictionaries, and
/// not where a parameter of a record is missing (<c>RespectRequiredConstructorParameters</c> would refuse nullable ones too, which are not written when they are
/// null). This does both, so that no null comes in where the types have none.
/// </summary>
internal static class StrictJson
{
    /// <summary>Reads a value.</summary>
    /// <param name="utf8">One JSON value.</param>
    /// <param name="type">Its type, from a context with <c>RespectNullableAnnotations</c>. No list or dictionary of this library holds nullable references.</param>
    /// <returns>The value, or <see langword="null"/> for the literal.</returns>
    /// <exception cref="JsonException">Not such a value; the path names the place.</exception>
    internal static T? Deserialize<T>(ReadOnlySpan<byte> utf8, JsonTypeInfo<T> type)
    {
        try
        {
            var value = JsonSerializer.Deserialize(utf8, type);
            var options = type.Options;
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { CommentHandling = options.ReadCommentHandling, AllowTrailingCommas = options.AllowTrailingCommas, MaxDepth = options.MaxDepth });
            using var document = JsonDocument.ParseValue(ref reader);
            return NullIn(document.RootElement, type, "$") is { } path ? throw new JsonException($"expected a value at {path}; there is none", path, null, null) : value;
        }
        catch (InvalidOperationException e)
        {
            throw NoUnicode(e);
        }
    }

    /// <summary>Reads a document whose names and texts are all Unicode. The reader itself decodes a text only when it is asked for, and then breaks otherwise.</summary>
    /// <param name="utf8">One JSON value.</param>
    /// <param name="options">What is accepted.</param>
    /// <exception cref="JsonException">Not JSON, or a name or text is not Unicode.</exception>
    internal static JsonNode? Parse(ReadOnlySpan<byte> utf8, JsonDocumentOptions options = default)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8.ToArray(), options);
            Decode(document.RootElement);
            return JsonNode.Parse(utf8, documentOptions: options);
        }
        catch (InvalidOperationException e)
        {
            throw NoUnicode(e);
        }
    }

    /// <summary>What the reader throws where the bytes of a text, or half a surrogate in it, make no characters.</summary>
    private static JsonException NoUnicode(InvalidOperationException e) => new("expected names and texts in Unicode", e);

    private static void Decode(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            _ = json.GetString();
        }
        else if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var element in json.EnumerateArray())
                Decode(element);
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in json.EnumerateObject())
            {
                _ = member.Name;
                Decode(member.Value);
            }
        }
    }

    /// <summary>The path of the first null in a list or dictionary of references, or of the first parameter that is missing and may not be.</summary>
    private static string? NullIn(JsonElement json, JsonTypeInfo type, string path)
    {
        switch (type.Kind, json.ValueKind)
        {
            case (JsonTypeInfoKind.Object, JsonValueKind.Object):
                return Missing(json, type) is { } missing ? $"{path}.{missing}" : json.EnumerateObject()
                    .Select(member => Property(type, member.Name) is { } property ? NullIn(member.Value, TypeOf(property.PropertyType, type), $"{path}.{member.Name}") : null)
                    .FirstOrDefault(found => found is not null);
            case (JsonTypeInfoKind.Dictionary, JsonValueKind.Object):
                return json.EnumerateObject().Select(member => NullOrIn(member.Value, type, $"{path}.{member.Name}")).FirstOrDefault(found => found is not null);
            case (JsonTypeInfoKind.Enumerable, JsonValueKind.Array):
                return json.EnumerateArray().Select((element, i) => NullOrIn(element, type, $"{path}[{i}]")).FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }

    private static string? NullOrIn(JsonElement element, JsonTypeInfo list, string path)
    {
        // A null among values is refused by the reader already, unless they are nullable values.
        if (element.ValueKind == JsonValueKind.Null)
            return list.ElementType!.IsValueType ? null : path;
        return NullIn(element, TypeOf(list.ElementType!, list), path);
    }

    private static string? Missing(JsonElement json, JsonTypeInfo type) => type.Properties
        .FirstOrDefault(property => property.AssociatedParameter is { IsMemberInitializer: false, IsNullable: false, HasDefaultValue: false } && !json.TryGetProperty(property.Name, out _))?.Name;

    private static JsonPropertyInfo? Property(JsonTypeInfo type, string name) =>
        type.Properties.FirstOrDefault(property => property.CustomConverter is null && StringComparer.Ordinal.Equals(property.Name, name));

    private static JsonTypeInfo TypeOf(Type type, JsonTypeInfo context) => context.Options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
}
