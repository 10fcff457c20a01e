using System.Text.Json;

namespace Simulation;

/// <summary>The moderation protocol (<c>…/moderations</c>): a score per category by the words of a text. Placeholder texts score low; a few rude words score high.</summary>
internal static class ModerationProtocol
{
    private static readonly string[] s_rude = ["idiot", "stupid", "shut up", "worthless", "pathetic", "disgusting"];

    /// <summary>Reads model and text.</summary>
    internal static (string Model, string Text) Read(JsonElement body) =>
        (WireJson.RequiredString(body, "model"), body.TryGetProperty("input", out var input) ? WireJson.Text(input) : throw new FormatException("'input' is missing."));

    /// <summary>Writes the scores of a text.</summary>
    internal static void Write(Utf8JsonWriter writer, string model, string text)
    {
        var rude = s_rude.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
        var harassment = rude == 0 ? 0.01 + (0.04 * Draw.Unit(0, "moderation", text)) : Math.Min(0.99, 0.55 + (0.15 * rude));
        writer.WriteStartObject();
        writer.WriteString("id", "modr-simulated");
        writer.WriteString("model", model);
        writer.WriteStartArray("results");
        writer.WriteStartObject();
        writer.WriteBoolean("flagged", harassment > 0.5);
        writer.WriteStartObject("categories");
        writer.WriteBoolean("harassment", harassment > 0.5);
        writer.WriteBoolean("hate", value: false);
        writer.WriteBoolean("violence", value: false);
        writer.WriteEndObject();
        writer.WriteStartObject("category_scores");
        writer.WriteNumber("harassment", harassment);
        writer.WriteNumber("hate", 0.001);
        writer.WriteNumber("violence", 0.002);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
