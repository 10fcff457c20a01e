using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafetyRegression.Monitoring;

internal sealed class AlertNameJsonConverter : JsonConverter<AlertName>
{
    public override AlertName Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => AlertName.Of(reader.GetString());

    public override void Write(Utf8JsonWriter writer, AlertName value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
