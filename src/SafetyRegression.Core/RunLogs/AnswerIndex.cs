using System.Runtime.InteropServices;

namespace SafetyRegression.RunLogs;

/// <summary>
/// Which answers a log holds and where. An answer beats a failure; a later failure beats an earlier one; two different answers to the same question are
/// a conflict, which no later record heals.
/// </summary>
internal sealed class AnswerIndex
{
    private readonly Lock _gate = new();
    private readonly Dictionary<AnswerKey, Entry> _entries = [];

    internal readonly record struct Entry(long Offset, int Length, AnswerStatus Status, CallFailureKind? Failure, ulong Content, bool Conflict);

    /// <summary>Answers of which two records contradict each other.</summary>
    internal int Conflicts { get; private set; }

    internal int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Makes room for a number of answers at once.</summary>
    internal void Reserve(int answers)
    {
        lock (_gate)
            _entries.EnsureCapacity(answers);
    }

    internal void Add(in RecordHead head, long offset, int length)
    {
        lock (_gate)
        {
            ref var entry = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, head.Key, out var known);
            var added = new Entry(offset, length, head.Status, head.Failure, head.Content, Conflict: false);
            if (!known || entry.Status != AnswerStatus.Answered)
                entry = added;
            else if (head.Status == AnswerStatus.Answered && head.Content != entry.Content && !entry.Conflict)
            {
                entry = entry with { Conflict = true };
                Conflicts++;
            }
        }
    }

    internal bool TryFind(in AnswerKey key, out Entry entry)
    {
        lock (_gate)
            return _entries.TryGetValue(key, out entry);
    }
}
