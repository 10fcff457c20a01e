namespace SafetyRegression.Bundles;

/// <summary>One file of a bundle.</summary>
internal sealed record BundleFile(string Name, long Bytes, string Sha256);
