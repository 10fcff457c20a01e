namespace SafetyRegression.RunLogs;

/// <summary>Records of which the last one under each key counts: verdicts and alerts. Safe to use from any thread.</summary>
internal sealed class KeyedRecords
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, byte[]> _records = new(StringComparer.Ordinal);

    /// <summary>The last record under each key.</summary>
    internal IReadOnlyList<byte[]> All
    {
        get
        {
            lock (_gate)
                return [.. _records.Values];
        }
    }

    internal byte[] this[string key]
    {
        set
        {
            lock (_gate)
                _records[key] = value;
        }
    }

    internal byte[]? Find(string key)
    {
        lock (_gate)
            return _records.GetValueOrDefault(key);
    }

    /// <summary>Takes over the records of another log.</summary>
    internal void Take(KeyedRecords others)
    {
        KeyValuePair<string, byte[]>[] all;
        lock (others._gate)
            all = [.. others._records];
        lock (_gate)
        {
            foreach (var (key, record) in all)
                _records[key] = record;
        }
    }
}
