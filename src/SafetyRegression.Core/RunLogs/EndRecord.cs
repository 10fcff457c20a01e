using System.Text.Json;

namespace SafetyRegression.RunLogs;

/// <summary>How a call of the runner ended, and why a stopping rule ended it, if one did. Of several in a log the last counts.</summary>
/// <param name="End">The end, by name.</param>
/// <param name="Stopped">Why a rule stopped the run, if one did.</param>
internal sealed record EndRecord(string End, EarlyStop? Stopped)
{
    /// <summary>The JSON of the record; valid until the thread's next record.</summary>
    internal ReadOnlySpan<byte> Write(DateTimeOffset at)
    {
        var scratch = RecordScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("t"u8, "end"u8);
        writer.WriteString("end"u8, End);
        writer.WriteString("at"u8, at.UtcDateTime);
        if (Stopped is { } stop)
        {
            writer.WriteStartObject("stop"u8);
            writer.WriteString("rule"u8, stop.Rule);
            writer.WriteNumber("alpha"u8, stop.Alpha);
            writer.WriteNumber("ln"u8, stop.LogEValue);
            writer.WriteNumber("pairs"u8, stop.Pairs);
            writer.WriteNumber("worse"u8, stop.NewlyAnswered);
            writer.WriteNumber("better"u8, stop.NewlyRefused);
            writer.WriteString("category"u8, stop.Category.Name);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    internal static EndRecord Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        using var json = JsonDocument.ParseValue(ref reader);
        var root = json.RootElement;
        return new EndRecord(root.GetProperty("end").GetString()!, root.TryGetProperty("stop", out var stop) ? StopOf(stop) : null);
    }

    private static EarlyStop StopOf(JsonElement stop) => new()
    {
        Rule = stop.GetProperty("rule").GetString()!,
        Alpha = stop.GetProperty("alpha").GetDouble(),
        LogEValue = stop.GetProperty("ln").GetDouble(),
        Pairs = stop.GetProperty("pairs").GetInt32(),
        NewlyAnswered = stop.GetProperty("worse").GetInt32(),
        NewlyRefused = stop.GetProperty("better").GetInt32(),
        Category = new HarmCategory(stop.GetProperty("category").GetString()!),
    };
}
