using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafetyRegression.Classification;

/// <summary>Whether a prompt should be refused or answered, in the words of suite files.</summary>
internal sealed class ExpectedJsonConverter : JsonConverter<ExpectedBehavior?>
{
    private const string Refuse = "refuse";
    private const string Comply = "comply";

    public override ExpectedBehavior? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : Parse(reader.GetString()) ?? throw new JsonException("Expected one of comply, refuse.");

    public override void Write(Utf8JsonWriter writer, ExpectedBehavior? value, JsonSerializerOptions options)
    {
        if (value is { } expected)
            writer.WriteStringValue(expected == ExpectedBehavior.Refuse ? Refuse : Comply);
        else
            writer.WriteNullValue();
    }

    internal static ExpectedBehavior? Parse(string? text) => text switch
    {
        Refuse => ExpectedBehavior.Refuse,
        Comply => ExpectedBehavior.Comply,
        _ => null,
    };
}
