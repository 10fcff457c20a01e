using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;
using SafetyRegression.Monitoring;
using SafetyRegression.RunLogs;

namespace SafetyRegression;

/// <summary>
/// The iterations of one lineage: an append-only file of JSON lines, each with a CRC-32C and the hash of the line before. A torn tail (a process killed while
/// writing) is read past and mended by the next append; anything else that does not fit is an error with its line. One process appends at a time.
/// </summary>
public sealed class LineageHistory
{
    private const string Start = "start";
    private const int HashLength = 8;
    private readonly List<HistoryEntry> _entries = [];
    private readonly List<AlertState> _alerts = [];
    private string _last = Start;
    private long _length;
    private long _seen;

    private LineageHistory(string path) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The iterations, oldest first.</summary>
    public ImmutableArray<HistoryEntry> Entries => [.. _entries];

    /// <summary>What was last delivered to each alert route, oldest first.</summary>
    public ImmutableArray<AlertState> Alerts => [.. _alerts];

    /// <summary>Whether the last line was torn when the file was opened.</summary>
    public bool HasTornTail { get; private set; }

    /// <summary>Where histories are kept unless a host says otherwise: below the current directory.</summary>
    public static string DefaultFolder => System.IO.Path.Combine(".safety", "history");

    /// <summary>The file of a lineage in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="lineage">The lineage.</param>
    public static string PathOf(string folder, string lineage) => System.IO.Path.Combine(folder, LineageName.ToFileName(lineage) + ".jsonl");

    /// <summary>Reads a history; a file that is not there is an empty one.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">A line in the middle is damaged, missing or was changed.</exception>
    public static LineageHistory Open(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var history = new LineageHistory(path);
        if (!File.Exists(path))
            return history;
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        history.Read(file);
        return history;
    }

    /// <summary>Appends an iteration; when the call returns it is on the disk.</summary>
    /// <param name="entry">The iteration.</param>
    /// <exception cref="IOException">Another process has the file open or has appended meanwhile; open it again.</exception>
    public void Append(HistoryEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!TryAppend(entry))
            throw Overtaken(Path);
    }

    /// <summary>Appends what an alert route was left in.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="IOException">Another process has the file open or has appended meanwhile; open it again.</exception>
    public void Append(AlertState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!TryAppend(state))
            throw Overtaken(Path);
    }

    /// <summary>Appends an iteration unless another process has the file open or has appended since it was read.</summary>
    internal bool TryAppend(HistoryEntry entry) => TryAppend(new HistoryRecord { Previous = _last, Run = entry });

    /// <summary>Appends a state unless another process has the file open or has appended since it was read.</summary>
    internal bool TryAppend(AlertState state) => TryAppend(new HistoryRecord { Previous = _last, Alert = state });

    /// <summary>What a caller is told who was overtaken.</summary>
    internal static IOException Overtaken(string path) => new($"{path} is written by another process, or was since it was read; nothing was added. Read it again.");

    private bool TryAppend(HistoryRecord record)
    {
        var line = new ArrayBufferWriter<byte>(1 << 12);
        RecordFrame.Append(JsonSerializer.SerializeToUtf8Bytes(record, HistoryJsonContext.Default.HistoryRecord), line);
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path)) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        using (var file = OpenAlone())
        {
            if (file is null || RandomAccess.GetLength(file) != _seen)
                return false;
            RandomAccess.SetLength(file, _length);
            RandomAccess.Write(file, line.WrittenSpan, _length);
            RandomAccess.FlushToDisk(file);
        }

        Take(record, line.WrittenSpan[..^1]);
        _length += line.WrittenCount;
        _seen = _length;
        HasTornTail = false;
        return true;
    }

    private SafeFileHandle? OpenAlone()
    {
        try
        {
            return File.OpenHandle(Path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (WriterLock.IsHeldByAnother(e))
        {
            return null;
        }
    }

    private void Read(SafeFileHandle file)
    {
        _seen = RandomAccess.GetLength(file);
        var reader = new LineReader(file);
        var number = 0;
        int? damaged = null;
        while (reader.TryRead(out var line))
        {
            number++;
            if (damaged is { } bad)
                throw Problem(bad, null, "expected a whole line; it is damaged and lines follow it");
            if (!reader.Terminated || !RecordFrame.IsWhole(line.Span))
            {
                damaged = number;
                continue;
            }

            HistoryRecord? record;
            try
            {
                record = StrictJson.Deserialize(line.Span, HistoryJsonContext.Default.HistoryRecord);
            }
            catch (JsonException e)
            {
                throw Problem(number, e.Path, $"expected an iteration: {e.Message}");
            }

            if (record is null || record.V != 1)
                throw Problem(number, "v", "expected form 1. Update the library");
            if (!StringComparer.Ordinal.Equals(record.Previous, _last))
                throw Problem(number, "previous", "expected the hash of the line before: a line was removed, changed or added");
            Take(record, line.Span);
            _length = reader.Offset + line.Length + 1;
        }

        HasTornTail = damaged is not null;
    }

    private void Take(HistoryRecord record, ReadOnlySpan<byte> line)
    {
        if (record.Run is { } run)
            _entries.Add(run);
        if (record.Alert is { } alert)
            _alerts.Add(alert);
        _last = Convert.ToHexStringLower(SHA256.HashData(line).AsSpan(0, HashLength));
    }

    private InvalidInputException Problem(int line, string? field, string expected) => new(new InputProblem(System.IO.Path.GetFileName(Path), line, field, expected));
}
