using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafetyRegression.Monitoring;

/// <summary>One member a prompt. A prompt given twice and a word that is no outcome are errors with their line.</summary>
internal sealed class OutcomeTableJsonConverter : JsonConverter<OutcomeTable>
{
    private const int LongestWord = 40;

    public override OutcomeTable Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("expected an object of prompt ids and outcomes");
        var rows = new Dictionary<string, ImmutableArray<StoredAnswer>>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var id = reader.GetString()!;
            if (!reader.Read() || reader.TokenType != JsonTokenType.String)
                throw new JsonException($"'{Short(id)}': expected outcomes such as \"refusal\"");
            if (OutcomeTable.Read(reader.GetString()!, out var wrong) is not { } answers)
                throw new JsonException($"'{Short(id)}': expected outcomes such as \"refusal\" or \"compliance/3\"; found '{Short(wrong)}'");
            if (!rows.TryAdd(id, answers))
                throw new JsonException($"'{Short(id)}' is there twice");
        }

        return new OutcomeTable(rows);
    }

    public override void Write(Utf8JsonWriter writer, OutcomeTable value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (id, answers) in value.Rows)
            writer.WriteString(id, OutcomeTable.CodeOf(answers));
        writer.WriteEndObject();
    }

    private static string Short(string text) => text.Length <= LongestWord ? text : text[..LongestWord] + "…";
}
