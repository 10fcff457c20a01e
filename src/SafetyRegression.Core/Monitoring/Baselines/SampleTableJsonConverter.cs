using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafetyRegression.Monitoring;

/// <summary>
/// A table of one code a sample: in JSON one member an id, its value the codes. An id given twice and a word that is no code are errors with their line.
/// </summary>
/// <param name="examples">What a value looks like, for errors.</param>
internal abstract class SampleTableJsonConverter<TTable, TSample>(string examples) : JsonConverter<TTable>
    where TTable : class
{
    private const int LongestWord = 40;

    public override TTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException($"expected an object of ids and values such as {examples}");
        var rows = new Dictionary<string, ImmutableArray<TSample>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                throw new JsonException($"'{Short(id)}': expected values such as {examples}");
            if (Parse(reader.GetString()!, out var wrong) is not { } samples)
                throw new JsonException($"'{Short(id)}': expected values such as {examples}; found '{Short(wrong)}'");
            if (!rows.TryAdd(id, samples))
                throw new JsonException($"'{Short(id)}' is there twice");
        }

        return Create(rows);
    }

    public override void Write(Utf8JsonWriter writer, TTable value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (id, samples) in RowsOf(value))
            writer.WriteString(id, CodeOf(samples));
        writer.WriteEndObject();
    }

    /// <summary>Reads a row's codes: the samples, or <see langword="null"/> with the word that is none.</summary>
    protected abstract ImmutableArray<TSample>? Parse(string codes, out string wrong);

    protected abstract string CodeOf(ImmutableArray<TSample> samples);

    protected abstract TTable Create(Dictionary<string, ImmutableArray<TSample>> rows);

    protected abstract ImmutableSortedDictionary<string, ImmutableArray<TSample>> RowsOf(TTable table);

    private static string Short(string text) => text.Length <= LongestWord ? text : text[..LongestWord] + "…";
}
