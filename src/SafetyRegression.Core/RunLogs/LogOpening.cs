using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;
using SafetyRegression.Diagnostics;

namespace SafetyRegression.RunLogs;

/// <summary>Reads a log from start to end: builds the index, finds a torn tail, refuses damage in the middle.</summary>
internal sealed class LogOpening(string path, RunLogOptions options)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);

    internal AnswerIndex Index { get; } = new();

    /// <summary>Replies of conversations that have no answer yet.</summary>
    internal Dictionary<AnswerKey, List<AnswerTurn>> OpenTurns { get; } = [];

    /// <summary>The records of verdicts, by key.</summary>
    internal KeyedRecords Verdicts { get; } = new();

    /// <summary>The last record of each alert and route, by key.</summary>
    internal KeyedRecords Alerts { get; } = new();

    /// <summary>The last record of an end.</summary>
    internal EndRecord? End { get; private set; }

    /// <summary>Damaged records read past.</summary>
    internal int Lost { get; private set; }

    /// <summary>The end of the last good record.</summary>
    internal long GoodLength { get; private set; }

    /// <summary>Reads the log.</summary>
    /// <param name="file">The log.</param>
    /// <param name="repair">Whether a torn tail is cut off (a writer) or left alone (a reader, who may be following a live log).</param>
    internal void Read(SafeFileHandle file, bool repair)
    {
        var reader = new LineReader(file);
        long? damagedAt = null;
        var damaged = 0;
        while (reader.TryRead(out var line))
        {
            if (!reader.Terminated || !RecordFrame.IsWhole(line.Span))
            {
                damagedAt ??= reader.Offset;
                damaged++;
                continue;
            }

            if (damagedAt is { } offset)
            {
                // Good records behind bad ones: not a torn tail.
                if (!options.Salvage)
                {
                    throw new RunLogException(
                        RunLogProblem.Damaged, path, $"the record at byte {offset} is damaged and records follow it. Nothing was changed. Open with salvage to read on past it and count the loss.")
                    {
                        Offset = offset,
                    };
                }

                Lost += damaged;
                (damagedAt, damaged) = (null, 0);
            }

            Take(line.Span, reader.Offset);
            GoodLength = reader.Offset + line.Length + 1;
        }

        if (damagedAt is not null && repair)
        {
            if (options.Logger is { } logger)
                logger.LogTailRepaired(path, GoodLength);
            RandomAccess.SetLength(file, GoodLength);
        }
    }

    private void Take(ReadOnlySpan<byte> line, long offset)
    {
        var head = RecordHead.Read(line);
        switch (head.Type)
        {
            case RecordType.Response:
                Index.Add(head with { Key = head.Key with { ItemId = Once(head.Key.ItemId) } }, offset, line.Length);
                if (head.Status == AnswerStatus.Answered && OpenTurns.Count > 0)
                    OpenTurns.Remove(head.Key);
                break;
            case RecordType.Turn:
                if (!OpenTurns.TryGetValue(head.Key, out var turns))
                    OpenTurns.Add(head.Key, turns = []);
                turns.AddRange(AnswerRecord.Read(line, options.Protector).Turns);
                break;
            case RecordType.Verdict:
                if (RecordHead.VerdictKeyOf(line) is { } key)
                    Verdicts[key] = line.ToArray();
                break;
            case RecordType.Alert:
                if (RecordHead.VerdictKeyOf(line) is { } alert)
                    Alerts[alert] = line.ToArray();
                break;
            case RecordType.End:
                End = EndRecord.Read(line);
                break;
            default:
                break;
        }
    }

    /// <summary>One string per item, however many records name it.</summary>
    private string Once(string itemId)
    {
        ref var id = ref CollectionsMarshal.GetValueRefOrAddDefault(_ids, itemId, out _);
        return id ??= itemId;
    }
}
