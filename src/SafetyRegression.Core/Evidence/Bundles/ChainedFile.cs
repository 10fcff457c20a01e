using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SafetyRegression.Bundles;

/// <summary>A file of lines each of which holds the hash of the line before.</summary>
/// <typeparam name="T">What a line holds.</typeparam>
internal sealed class ChainedFile<T>
    where T : class
{
    private const int LongestLine = 1 << 20;

    private readonly List<string> _hashes = [];
    private readonly List<string?> _previous = [];

    /// <summary>The records, with the number of their line; unreadable lines are left out.</summary>
    internal List<(int Line, T Record)> Records { get; } = [];

    internal int Lines => _hashes.Count;

    /// <summary>The head that follows from the lines found.</summary>
    internal string? Head => _hashes.Count == 0 ? null : _hashes[^1];

    internal bool IsReadable { get; private set; } = true;

    internal static ChainedFile<T> Read(string name, byte[] bytes, JsonTypeInfo<T> type, Func<T, string> previous, List<EvidenceProblem> problems)
    {
        var file = new ChainedFile<T>();
        var rest = bytes.AsMemory();
        if (rest.IsEmpty || rest.Span[^1] != (byte)'\n')
        {
            problems.Add(new EvidenceProblem(name, "expected lines that each end in a line feed: it is empty or cut off"));
            file.IsReadable = false;
        }

        while (!rest.IsEmpty)
        {
            var feed = rest.Span.IndexOf((byte)'\n');
            var line = feed < 0 ? rest : rest[..feed];
            rest = feed < 0 ? default : rest[(feed + 1)..];
            file.Add(name, line.Span, type, previous, problems);
        }

        return file;
    }

    /// <summary>Says which lines do not follow from each other, from the start or towards the head stated elsewhere.</summary>
    internal IEnumerable<EvidenceProblem> Breaks(string name, string start, string startName, string? head, string headName)
    {
        var breaks = Enumerable.Range(0, Lines + 1).Where(k => k == Lines
            ? head is not null && !string.Equals(head, Head ?? start, StringComparison.Ordinal)
            : _previous[k] is { } stated && !string.Equals(stated, k == 0 ? start : _hashes[k - 1], StringComparison.Ordinal)).ToList();
        for (var i = 0; i < breaks.Count; i++)
        {
            var k = breaks[i];
            if (i + 1 < breaks.Count && breaks[i + 1] == k + 1 && k < Lines)
            {
                // Broken on both sides: this line is the one.
                yield return Problem(name, k + 1, "does not follow from the line before, nor the next from it: it was changed");
                i++;
            }
            else if (k == Lines)
            {
                yield return Problem(name, Math.Max(1, Lines), $"its SHA-256 {Head} is not the head {head} that {headName} states: it was changed, or lines after it were removed or added");
            }
            else if (k == 0)
            {
                yield return Problem(name, 1, $"does not start from {start}, the hash of {startName}");
            }
            else
            {
                yield return Problem(name, k, string.Create(CultureInfo.InvariantCulture, $"its SHA-256 is not what line {k + 1} records: it was changed, or lines behind it were removed or inserted"));
            }
        }
    }

    private static EvidenceProblem Problem(string name, int line, string message) => new(string.Create(CultureInfo.InvariantCulture, $"{name} line {line}"), message);

    private void Add(string name, ReadOnlySpan<byte> line, JsonTypeInfo<T> type, Func<T, string> previous, List<EvidenceProblem> problems)
    {
        _hashes.Add(EvidenceJson.Hash(line));
        T? record = null;
        var reason = "null";
        try
        {
            record = line.Length > LongestLine ? null : StrictJson.Deserialize(line, type);
            reason = line.Length > LongestLine ? "the line is too long" : reason;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The message of the reader may quote the line.
            reason = e is JsonException { Path: { } path } ? $"unreadable at {path}" : e.GetType().Name;
        }

        _previous.Add(record is null ? null : previous(record));
        if (record is not null)
        {
            Records.Add((Lines, record));
            return;
        }

        IsReadable = false;
        problems.Add(Problem(name, Lines, $"not a record: {reason}"));
    }
}
