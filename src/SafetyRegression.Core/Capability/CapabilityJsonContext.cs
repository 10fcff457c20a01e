using System.Text.Json.Serialization;

namespace SafetyRegression.Capability;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    RespectNullableAnnotations = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CapabilityItemJson))]
[JsonSerializable(typeof(VerifiableInstruction))]
internal sealed partial class CapabilityJsonContext : JsonSerializerContext;
