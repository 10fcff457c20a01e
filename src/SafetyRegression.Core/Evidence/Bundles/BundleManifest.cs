using System.Collections.Immutable;

namespace SafetyRegression.Bundles;

/// <summary>The list of contents: what a signature signs. Everything in it follows from the other files.</summary>
internal sealed record BundleManifest
{
    public required int Format { get; init; }

    public required string Plan { get; init; }

    public required string Head { get; init; }

    public required ImmutableArray<BundleFile> Files { get; init; }

    internal static BundleManifest Of(string plan, string head, IEnumerable<(string Name, byte[] Bytes)> files) => new()
    {
        Format = EvidencePlan.CurrentFormat,
        Plan = plan,
        Head = head,
        Files = [.. files.Select(file => new BundleFile(file.Name, file.Bytes.Length, EvidenceJson.Hash(file.Bytes)))],
    };
}
