using System.Text.Encodings.Web;
using System.Text.Json;

namespace SafetyRegression.Suites;

/// <summary>Writes prompts as JSON Lines, leaving out what is at its default.</summary>
internal static class PromptJsonWriter
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static void Write(IEnumerable<SafetyPrompt> prompts, Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, _options);
        foreach (var prompt in prompts)
        {
            WriteOne(json, prompt);
            json.Flush();
            json.Reset();
            stream.WriteByte((byte)'\n');
        }
    }

    private static void WriteOne(Utf8JsonWriter json, SafetyPrompt prompt)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, prompt.Id);
        json.WriteString("category"u8, prompt.Category.Name);
        json.WriteString("expected"u8, PromptJsonNames.Of(prompt.Expected));
        WriteTurns(json, prompt);
        if (prompt.HarmfulFrom > 1)
            json.WriteNumber("harmfulFrom"u8, prompt.HarmfulFrom);
        if (prompt.SystemPrompt is not null)
            json.WriteString("system"u8, prompt.SystemPrompt);
        if (prompt.Difficulty != Difficulty.Unspecified)
            json.WriteString("difficulty"u8, PromptJsonNames.Of(prompt.Difficulty));
        if (!string.Equals(prompt.SeedId, prompt.Id, StringComparison.Ordinal))
            json.WriteString("seedId"u8, prompt.SeedId);
        WriteIfGiven(json, "twinId", prompt.TwinId);
        if (!string.Equals(prompt.Language, "en", StringComparison.Ordinal))
            json.WriteString("language"u8, prompt.Language);
        WriteVariant(json, prompt.Variant);
        if (!prompt.Tags.IsDefaultOrEmpty)
        {
            json.WriteStartArray("tags"u8);
            foreach (var tag in prompt.Tags)
                json.WriteStringValue(tag);
            json.WriteEndArray();
        }

        if (!prompt.Taxonomy.IsEmpty)
        {
            json.WriteStartObject("taxonomy"u8);
            foreach (var (name, code) in prompt.Taxonomy)
                json.WriteString(name, code);
            json.WriteEndObject();
        }

        WriteIfGiven(json, "source", prompt.Source);
        WriteIfGiven(json, "addedIn", prompt.AddedIn);
        if (prompt.Weight is < 1 or > 1)
            json.WriteNumber("weight"u8, prompt.Weight);
        json.WriteEndObject();
    }

    private static void WriteTurns(Utf8JsonWriter json, SafetyPrompt prompt)
    {
        if (prompt.Turns is [{ Role: MessageRole.User } only])
        {
            json.WriteString("prompt"u8, only.Text);
            return;
        }

        json.WriteStartArray("turns"u8);
        foreach (var turn in prompt.Turns)
        {
            if (turn.Role == MessageRole.User)
            {
                json.WriteStringValue(turn.Text);
                continue;
            }

            json.WriteStartObject();
            json.WriteString("role"u8, PromptJsonNames.Of(turn.Role));
            json.WriteString("text"u8, turn.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteVariant(Utf8JsonWriter json, PromptVariant variant)
    {
        if (variant.IsNone)
            return;
        json.WriteStartObject("variant"u8);
        WriteIfGiven(json, "transform", variant.Transform);
        WriteIfGiven(json, "wrapper", variant.Wrapper);
        WriteIfGiven(json, "context", variant.Context);
        WriteIfGiven(json, "language", variant.Language);
        json.WriteEndObject();
    }

    private static void WriteIfGiven(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
