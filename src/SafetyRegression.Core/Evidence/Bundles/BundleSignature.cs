namespace SafetyRegression.Bundles;

/// <summary><c>signature.json</c>: a signature over the bytes of <c>manifest.json</c>.</summary>
/// <param name="Algorithm">The algorithm.</param>
/// <param name="KeyId">Which key.</param>
/// <param name="Value">The signature in Base64.</param>
internal sealed record BundleSignature(string Algorithm, string KeyId, string Value);
