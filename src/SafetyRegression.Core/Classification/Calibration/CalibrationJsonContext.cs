using System.Text.Json.Serialization;

namespace SafetyRegression.Classification;

/// <summary>Source-generated, indented JSON of calibration reports.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UseStringEnumConverter = true, RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(CalibrationReport))]
internal sealed partial class CalibrationJsonContext : JsonSerializerContext;
