using System.Text.Json;

namespace SafetyRegression.Bundles;

/// <summary>Suites without their texts, as chained lines that start from the suite's fingerprint.</summary>
internal static class Outlines
{
    internal static PlannedSuite Plan(SafetySuite suite) => new(suite.Name, suite.Version, suite.Fingerprint, suite.Prompts.Length, HeadOf(suite.Fingerprint, Lines(suite)));

    internal static PlannedSuite Plan(CapabilitySuite suite) => new(suite.Name, suite.Version, suite.Fingerprint, suite.Items.Length, HeadOf(suite.Fingerprint, Lines(suite)));

    internal static IEnumerable<byte[]> Lines(SafetySuite suite)
    {
        var head = suite.Fingerprint;
        foreach (var prompt in suite.Prompts)
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(PromptRecord.Of(prompt, head), EvidenceJsonContext.Default.PromptRecord);
            head = EvidenceJson.Hash(line);
            yield return line;
        }
    }

    internal static IEnumerable<byte[]> Lines(CapabilitySuite suite)
    {
        var head = suite.Fingerprint;
        foreach (var item in suite.Items)
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(CapabilityRecord.Of(item, head), EvidenceJsonContext.Default.CapabilityRecord);
            head = EvidenceJson.Hash(line);
            yield return line;
        }
    }

    internal static byte[] Join(IEnumerable<byte[]> lines)
    {
        using var stream = new MemoryStream();
        foreach (var line in lines)
        {
            stream.Write(line);
            stream.WriteByte((byte)'\n');
        }

        return stream.ToArray();
    }

    private static string HeadOf(string genesis, IEnumerable<byte[]> lines) => lines.Aggregate(genesis, static (_, line) => EvidenceJson.Hash(line));
}
