using System.Text.Json.Serialization;

namespace SafetyRegression.Bundles;

/// <summary>How the files of a bundle are written, and read strictly.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(EvidencePlan))]
[JsonSerializable(typeof(BundleManifest))]
[JsonSerializable(typeof(BundleSignature))]
[JsonSerializable(typeof(PromptRecord))]
[JsonSerializable(typeof(CapabilityRecord))]
[JsonSerializable(typeof(EvidenceRecord))]
[JsonSerializable(typeof(TextRecord))]
internal sealed partial class EvidenceJsonContext : JsonSerializerContext;
