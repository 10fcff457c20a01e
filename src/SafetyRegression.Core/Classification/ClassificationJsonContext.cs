using System.Text.Json.Serialization;

namespace SafetyRegression.Classification;

/// <summary>Source-generated JSON of this room.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    Converters = [typeof(LabelJsonConverter)])]
[JsonSerializable(typeof(ModelProvenance))]
[JsonSerializable(typeof(LabeledAnswer))]
internal sealed partial class ClassificationJsonContext : JsonSerializerContext;
