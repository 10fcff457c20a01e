using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;
using SafetyRegression.RunLogs;

namespace SafetyRegression;

/// <summary>
/// The durable truth of a run: an append-only file of JSON lines (<c>log.jsonl</c>) beside a manifest (<c>manifest.json</c>) in a folder of its own, which only
/// its owner may read. An answer counts when <see cref="AppendAsync"/> has returned: then it is on the disk. The process may be killed at any time; opening
/// the folder again repairs a torn tail and goes on. One writer at a time; readers may follow a live log.
/// </summary>
public sealed class RunLog : IAsyncDisposable
{
    /// <summary>The name of the log file inside the run's folder.</summary>
    public const string FileName = "log.jsonl";

    /// <summary>The name of the file, inside a run's folder, in which what is claimed and tested was written down before the first answer.</summary>
    internal const string PlanFileName = "plan.json";

    /// <summary>The name of the folder, inside a run's folder, that holds the log of the capability questions asked with it.</summary>
    public const string CapabilityFolderName = "capability";

    private readonly SafeFileHandle? _file;
    private readonly FileStream? _lock;
    private readonly GroupCommit? _commit;
    private readonly AnswerIndex _index;
    private readonly Dictionary<AnswerKey, List<AnswerTurn>> _openTurns;
    private readonly RunLogOptions _options;
    private readonly List<ModelAnswer>? _memory;
    private readonly KeyedRecords _verdicts;
    private readonly KeyedRecords _earlier = new();
    private readonly KeyedRecords _alerts;
    private readonly Lock _gate = new();
    private EndRecord? _end;

    private RunLog(string folder, RunManifest manifest, RunLogOptions options, SafeFileHandle? file, FileStream? writerLock, LogOpening? opened)
    {
        (Folder, Manifest, _options, _file, _lock) = (folder, manifest, options, file, writerLock);
        _index = opened?.Index ?? new AnswerIndex();
        _openTurns = opened?.OpenTurns ?? [];
        _verdicts = opened?.Verdicts ?? new KeyedRecords();
        _alerts = opened?.Alerts ?? new KeyedRecords();
        LostRecords = opened?.Lost ?? 0;
        _end = opened?.End;
        if (file is null)
            _memory = [];
        else if (writerLock is not null)
            _commit = new GroupCommit(new FileLogStorage(file), opened!.GoodLength, Path.Combine(folder, FileName));
    }

    /// <summary>The run's folder; empty for a log in memory.</summary>
    public string Folder { get; }

    /// <summary>What the run asks.</summary>
    public RunManifest Manifest { get; }

    /// <summary>Damaged records that were read past under <see cref="RunLogOptions.Salvage"/>.</summary>
    public int LostRecords { get; }

    /// <summary>
    /// Why a stopping rule ended the run before everything was asked; <see langword="null"/> when none did, or when a later call asked the rest.
    /// </summary>
    public EarlyStop? Stopped => _end?.Stopped is { } stopped && Count < Manifest.Planned ? stopped : null;

    /// <summary>How many planned answers the log holds an outcome for.</summary>
    public int Count => _index.Count;

    /// <summary>
    /// Opens the run in a folder for writing: creates it, or continues it when it asks exactly what <paramref name="manifest"/> says.
    /// </summary>
    /// <param name="folder">The run's folder; created with access for its owner only.</param>
    /// <param name="manifest">What is to be asked.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="RunLogException">Another run is in the folder (with the list of differing fields), another writer has it open, it is damaged, or
    /// it cannot be written.</exception>
    public static RunLog Open(string folder, RunManifest manifest, RunLogOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentNullException.ThrowIfNull(manifest);
        options ??= new RunLogOptions();
        folder = Path.GetFullPath(folder);
        FileStream? writerLock = null;
        try
        {
            PrivateFiles.CreateFolder(folder);
            writerLock = WriterLock.Take(folder);
            var log = Opened(folder, ManifestAgreement.Reach(folder, manifest, options), options, writerLock);
            writerLock = null;
            return log;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RunLogException(RunLogProblem.Unwritable, folder, $"the run cannot be written here: {e.Message}", e);
        }
        finally
        {
            writerLock?.Dispose();
        }
    }

    /// <summary>Opens the run in a folder for writing, whatever it asks: to add verdicts to a finished run.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="RunLogException">No run is there, another writer has it open, or it is damaged.</exception>
    public static RunLog Open(string folder, RunLogOptions? options = null) => Open(folder, ManifestOf(folder), options);

    /// <summary>Opens the run in a folder for reading; a writer may be at work on it.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <param name="options">How to open it.</param>
    /// <exception cref="RunLogException">No run is there, or it is damaged.</exception>
    public static RunLog OpenRead(string folder, RunLogOptions? options = null)
    {
        var manifest = ManifestOf(folder);
        options ??= new RunLogOptions();
        ManifestAgreement.RequireProtector(folder, manifest, options);
        return Opened(Path.GetFullPath(folder), manifest, options, writerLock: null);
    }

    /// <summary>A log that lives in memory only: for tests and short comparisons. Nothing survives the process.</summary>
    /// <param name="manifest">What is to be asked.</param>
    public static RunLog InMemory(RunManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return new RunLog(string.Empty, manifest, new RunLogOptions(), file: null, writerLock: null, opened: null);
    }

    /// <summary>Reads the manifest of the run in a folder.</summary>
    /// <param name="folder">The run's folder.</param>
    /// <exception cref="RunLogException">There is none, or it cannot be read.</exception>
    public static RunManifest ManifestOf(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return ManifestFile.Read(folder) ?? throw new RunLogException(RunLogProblem.Missing, folder, $"there is no run here ({ManifestFile.Name} is missing).");
    }

    /// <summary>What became of a planned answer so far.</summary>
    /// <param name="key">Which answer.</param>
    /// <returns>Its status, or <see langword="null"/> when the log holds nothing of it.</returns>
    public AnswerStatus? StatusOf(AnswerKey key) => _index.TryFind(key, out var entry) ? entry.Status : null;

    /// <summary>Whether two records of the same answer contradict each other (after a merge), so that neither can be trusted.</summary>
    /// <param name="key">Which answer.</param>
    public bool IsConflicting(AnswerKey key) => _index.TryFind(key, out var entry) && entry.Conflict;

    /// <summary>Records an answer. When the task completes the answer is on the disk.</summary>
    /// <param name="answer">The answer.</param>
    /// <exception cref="RunLogException">The disk does not take it; what was recorded before is safe.</exception>
    public async ValueTask AppendAsync(ModelAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var content = AnswerRecord.ContentOf(answer);
        var head = new RecordHead(RecordType.Response, AnswerKey.Of(answer), answer.Status, answer.Failure?.Kind, content);
        if (_memory is not null)
        {
            lock (_gate)
            {
                _index.Add(head, _memory.Count, 0);
                _memory.Add(answer);
            }
        }
        else
        {
            var (offset, length, durable) = Writer.Append(AnswerRecord.Write(answer, content, _options.TimeProvider.GetUtcNow(), _options.Protector));
            await durable.ConfigureAwait(false);
            _index.Add(head, offset, length);
        }

        if (answer.Status == AnswerStatus.Answered && answer.Turns.Length > 1)
        {
            lock (_gate)
                _openTurns.Remove(head.Key);
        }
    }

    /// <summary>Reads every answer once, in the order of the log; of several records of one answer the one that counts.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    public async IAsyncEnumerable<ModelAnswer> ReadAnswersAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (_memory is not null)
        {
            ModelAnswer[] all;
            lock (_gate)
                all = [.. _memory];
            for (var i = 0; i < all.Length; i++)
            {
                if (_index.TryFind(AnswerKey.Of(all[i]), out var entry) && entry.Offset == i)
                    yield return all[i];
            }

            yield break;
        }

        // Reading a local file forward is not worth a thread switch per block.
        await Task.CompletedTask.ConfigureAwait(false);
        var reader = new LineReader(_file!);
        while (reader.TryRead(out var line))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Counts(line.Span, reader))
                yield return AnswerRecord.Read(line.Span, _options.Protector);
        }
    }

    /// <summary>Reads one answer by its key.</summary>
    /// <param name="key">Which answer.</param>
    /// <returns>The answer with its texts, or <see langword="null"/> when the log does not hold it.</returns>
    public ModelAnswer? Find(AnswerKey key)
    {
        if (!_index.TryFind(key, out var entry))
            return null;
        if (_memory is not null)
        {
            lock (_gate)
                return _memory[(int)entry.Offset];
        }

        var line = new byte[entry.Length];
        var read = 0;
        while (read < line.Length && RandomAccess.Read(_file!, line.AsSpan(read), entry.Offset + read) is > 0 and var more)
            read += more;
        return AnswerRecord.Read(line, _options.Protector);
    }

    /// <summary>Waits for what is on its way to the disk, then closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_commit is not null)
        {
            await _commit.DrainAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _commit.Dispose();
        }

        _file?.Dispose();
        if (_lock is not null)
            await _lock.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Suite, targets and number of answers.</summary>
    public override string ToString() => $"{Manifest}: {Count} answers";

    /// <summary>Records how a call of the runner ended, unless the log says so already.</summary>
    internal async ValueTask AppendEndAsync(EndRecord end)
    {
        if (end == _end)
            return;
        if (_memory is null)
            await Writer.Append(end.Write(_options.TimeProvider.GetUtcNow())).Durable.ConfigureAwait(false);
        _end = end;
    }

    /// <summary>Records one reply of a conversation that goes on, so that the conversation resumes behind it.</summary>
    internal async ValueTask AppendTurnAsync(AnswerKey key, AnswerTurn turn)
    {
        if (_memory is null)
            await Writer.Append(AnswerRecord.WriteTurn(key, turn, _options.Protector)).Durable.ConfigureAwait(false);
        lock (_gate)
        {
            if (!_openTurns.TryGetValue(key, out var turns))
                _openTurns.Add(key, turns = []);
            turns.Add(turn);
        }
    }

    /// <summary>Tells the log how many calls are in flight, so that it knows how many answers are worth waiting for before a flush.</summary>
    /// <param name="inFlight">Calls in flight now.</param>
    /// <returns>Ends it.</returns>
    internal IDisposable? Gather(Func<int> inFlight) => _commit?.Gather(inFlight);

    /// <summary>Makes room for the answers of a run.</summary>
    internal void Reserve(int answers) => _index.Reserve(answers);

    /// <summary>The replies of a conversation that was interrupted.</summary>
    internal ImmutableArray<AnswerTurn> OpenTurns(AnswerKey key)
    {
        lock (_gate)
            return _openTurns.TryGetValue(key, out var turns) ? [.. turns] : [];
    }

    /// <summary>Why an answer failed, when it did.</summary>
    internal CallFailureKind? FailureOf(AnswerKey key) => _index.TryFind(key, out var entry) ? entry.Failure : null;

    /// <summary>Where warnings about this run go.</summary>
    internal Microsoft.Extensions.Logging.ILogger? Logger => _options.Logger;

    /// <summary>Answers of which two records contradict each other.</summary>
    internal int Conflicts => _index.Conflicts;

    /// <summary>Whether the log holds this very answer, or an answer where this is none.</summary>
    internal bool Holds(ModelAnswer answer) =>
        _index.TryFind(AnswerKey.Of(answer), out var entry) && (entry.Content == AnswerRecord.ContentOf(answer) || (entry.Status == AnswerStatus.Answered && answer.Status != AnswerStatus.Answered));

    /// <summary>Every record of an answer, also those that do not count.</summary>
    internal IEnumerable<ModelAnswer> ReadEveryRecord()
    {
        var reader = new LineReader(_file!);
        while (reader.TryRead(out var line))
        {
            if (reader.Terminated && RecordFrame.IsWhole(line.Span) && RecordHead.Read(line.Span).Type == RecordType.Response)
                yield return AnswerRecord.Read(line.Span, _options.Protector);
        }
    }

    /// <summary>The record of a verdict.</summary>
    internal byte[]? FindVerdict(string key) => _verdicts.Find(key);

    /// <summary>The record of a verdict in finished runs that asked exactly the same.</summary>
    internal byte[]? FindEarlierVerdict(string key) => _earlier.Find(key);

    /// <summary>Takes note of the verdicts of a finished run that asked exactly the same.</summary>
    internal void Remember(RunLog finished) => _earlier.Take(finished._verdicts);

    /// <summary>Records a verdict under its key.</summary>
    internal ValueTask AppendVerdictAsync<T>(string key, VerdictWriter<T> write, T verdict) => KeepAsync(_verdicts, key, write(key, verdict).ToArray());

    /// <summary>The last record of each alert and route.</summary>
    internal IReadOnlyList<byte[]> AlertRecords => _alerts.All;

    /// <summary>Records an alert, or what became of it, under its key.</summary>
    internal ValueTask AppendAlertAsync(string key, ReadOnlyMemory<byte> record) => KeepAsync(_alerts, key, record.ToArray());

    /// <summary>Writes a record; what it returns is valid until the thread's next record.</summary>
    internal delegate ReadOnlySpan<byte> VerdictWriter<T>(string key, T verdict);

    private GroupCommit Writer => _commit ?? throw new RunLogException(RunLogProblem.Unwritable, Folder, "the run was opened for reading.");

    private async ValueTask KeepAsync(KeyedRecords records, string key, byte[] record)
    {
        if (_memory is null)
            await Writer.Append(record).Durable.ConfigureAwait(false);
        records[key] = record;
    }

    private bool Counts(ReadOnlySpan<byte> line, LineReader reader) =>
        reader.Terminated && RecordFrame.IsWhole(line) && RecordHead.Read(line) is { Type: RecordType.Response } head
        && _index.TryFind(head.Key, out var entry) && entry.Offset == reader.Offset;

    private static RunLog Opened(string folder, RunManifest manifest, RunLogOptions options, FileStream? writerLock)
    {
        var path = Path.Combine(folder, FileName);
        var forWriting = writerLock is not null;
        SafeFileHandle? file = null;
        try
        {
            if (forWriting)
                PrivateFiles.Create(path);
            file = File.OpenHandle(path, FileMode.Open, forWriting ? FileAccess.ReadWrite : FileAccess.Read, forWriting ? FileShare.Read : FileShare.ReadWrite);
            var opening = new LogOpening(path, options);
            opening.Read(file, repair: forWriting);
            var log = new RunLog(folder, manifest, options, file, writerLock, opening);
            file = null;
            return log;
        }
        catch (FileNotFoundException e)
        {
            throw new RunLogException(RunLogProblem.Missing, folder, $"there is no {FileName} here.", e);
        }
        finally
        {
            file?.Dispose();
        }
    }
}
