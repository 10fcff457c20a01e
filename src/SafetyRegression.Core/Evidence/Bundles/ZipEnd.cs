using System.Buffers.Binary;

namespace SafetyRegression.Bundles;

/// <summary>How many entries a zip says it has, from its last record (APPNOTE.TXT 4.3.16), before anything reads them all.</summary>
internal static class ZipEnd
{
    private const int Shortest = 22;
    private const int LongestComment = ushort.MaxValue;

    /// <summary>The number; <see langword="null"/> when there is no such record, or more entries than it can count.</summary>
    internal static int? Entries(Stream stream)
    {
        var tail = new byte[(int)Math.Min(stream.Length, Shortest + LongestComment)];
        stream.Seek(-tail.Length, SeekOrigin.End);
        stream.ReadExactly(tail);
        stream.Seek(0, SeekOrigin.Begin);
        var at = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + Shortest > tail.Length)
            return null;
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        return entries == ushort.MaxValue ? null : entries;
    }
}
