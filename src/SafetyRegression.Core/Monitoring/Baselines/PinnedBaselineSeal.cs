using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafetyRegression.Monitoring;

/// <summary>The digest of a baseline file as it stands, members unknown to this version included; white space and line ends do not count.</summary>
internal static class PinnedBaselineSeal
{
    private const string Member = "seal";
    private static readonly JsonSerializerOptions _compact = new() { WriteIndented = false };

    internal static string Of(ReadOnlySpan<byte> utf8)
    {
        var file = StrictJson.Parse(utf8)!.AsObject();
        file.Remove(Member);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("pinned-baseline/1\n" + file.ToJsonString(_compact))));
    }
}
