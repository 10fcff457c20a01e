using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace SafetyRegression.Bundles;

/// <summary>Bytes and hashes of the files of a bundle.</summary>
internal static class EvidenceJson
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, NewLine = "\n" };
    private static readonly JsonDocumentOptions s_strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    /// <summary>A document for people and machines: indented, one line feed at the end.</summary>
    internal static byte[] Indented<T>(T value, JsonTypeInfo<T> type)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, s_indented))
            JsonSerializer.Serialize(writer, value, type);
        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    internal static JsonNode? Parse(ReadOnlySpan<byte> bytes) => StrictJson.Parse(bytes, s_strict);
}
