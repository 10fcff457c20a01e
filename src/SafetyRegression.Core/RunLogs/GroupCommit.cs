using System.Buffers;
using System.Diagnostics;

namespace SafetyRegression.RunLogs;

/// <summary>
/// Appends lines so that one write and one flush serve everybody who waits: while one batch is on its way to the disk, the next one gathers. An append
/// completes only after its flush returned. The first failure ends the log: the file is cut back to the last good record and every later append fails.
/// </summary>
/// <remarks>
/// The disk has a thread of its own, so that flushing never takes one from the pool that carries the calls. A flush costs as much processor time for one
/// record as for many, so under load the next one is put off for a moment: until half of the calls in flight have brought their answers (the other half goes
/// on meanwhile) where they come in fast enough, otherwise for a millisecond. A single record is never kept waiting.
/// </remarks>
internal sealed class GroupCommit : IDisposable
{
    private const int KeptCapacity = 4 << 20;
    private const int Busy = 3;
    private static readonly TimeSpan Briefly = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan AtMost = TimeSpan.FromMilliseconds(2);

    private readonly Lock _gate = new();
    private readonly ILogStorage _storage;
    private readonly string _path;
    private readonly AutoResetEvent _work = new(initialState: false);
    private readonly AutoResetEvent _enough = new(initialState: false);
    private readonly Thread _thread;
    private ArrayBufferWriter<byte> _gathering = new(1 << 16);
    private ArrayBufferWriter<byte> _writing = new(1 << 16);
    private TaskCompletionSource _batch = NewBatch();
    private TaskCompletionSource? _draining;
    private long _committed;
    private int _gathered;
    private int _wanted;
    private Func<int>? _inFlight;
    private bool _closed;
    private long _writingLength;
    private bool _active;
    private RunLogException? _fault;

    internal GroupCommit(ILogStorage storage, long length, string path)
    {
        (_storage, _committed, _path) = (storage, length, path);
        _thread = new Thread(Run) { IsBackground = true, Name = "run log" };
        _thread.Start();
    }

    /// <summary>Bytes that are safely on the disk.</summary>
    internal long Committed => Volatile.Read(ref _committed);

    /// <summary>Appends one JSON object as a line.</summary>
    /// <returns>Offset and length of the line, and the task that completes when it is on the disk.</returns>
    internal (long Offset, int Length, Task Durable) Append(ReadOnlySpan<byte> json)
    {
        lock (_gate)
        {
            if (_fault is not null)
                throw _fault;
            var before = _gathering.WrittenCount;
            RecordFrame.Append(json, _gathering);
            var offset = _committed + _writingLength + before;
            var result = (offset, _gathering.WrittenCount - before - 1, _batch.Task);
            _gathered++;
            if (_gathered == _wanted)
                _enough.Set();
            if (!_active)
            {
                _active = true;
                _work.Set();
            }

            return result;
        }
    }

    /// <summary>Completes when everything appended so far is on the disk.</summary>
    internal Task DrainAsync()
    {
        lock (_gate)
        {
            if (_fault is not null)
                return Task.CompletedTask;
            return _gathering.WrittenCount > 0 ? _batch.Task : _draining?.Task ?? Task.CompletedTask;
        }
    }

    /// <summary>Tells how many calls are in flight, from which records may come, until the result is disposed.</summary>
    internal IDisposable Gather(Func<int> inFlight)
    {
        Volatile.Write(ref _inFlight, inFlight);
        return new Gathered(this);
    }

    /// <summary>Ends the thread; what was not drained is lost.</summary>
    public void Dispose()
    {
        lock (_gate)
            _closed = true;
        _work.Set();
        _enough.Set();
        _thread.Join();
        _work.Dispose();
        _enough.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _work.WaitOne();
            var before = Stopwatch.GetTimestamp();
            while (TakeBatch(out var batch, out var records))
            {
                var now = Stopwatch.GetTimestamp();
                var since = Stopwatch.GetElapsedTime(before, now);
                before = now;
                try
                {
                    _storage.Write(_writing.WrittenSpan, _committed);
                    _storage.Flush();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
                {
                    Fail(batch, e);
                    return;
                }

                lock (_gate)
                {
                    _committed += _writingLength;
                    _writingLength = 0;
                    _draining = null;
                    if (_writing.Capacity > KeptCapacity)
                        _writing = new ArrayBufferWriter<byte>(1 << 16);
                    else
                        _writing.ResetWrittenCount();
                }

                // The pool hands the waiting calls on: from one of its own threads they go into a queue of their own, from this one through the one all share.
                ThreadPool.UnsafeQueueUserWorkItem(static batch => batch.SetResult(), batch, preferLocal: false);
                if (records >= Busy)
                    Wait(records, since);
            }

            lock (_gate)
            {
                if (_closed)
                    return;
            }
        }
    }

    /// <summary>Puts the next flush off.</summary>
    /// <param name="records">Records of the last batch.</param>
    /// <param name="since">The time in which they came in.</param>
    private void Wait(int records, TimeSpan since)
    {
        var half = (Volatile.Read(ref _inFlight)?.Invoke() ?? 0) / 2;
        if (records * AtMost < half * since)
        {
            Thread.Sleep(Briefly);
            return;
        }

        lock (_gate)
        {
            if (_gathered >= half || _closed)
                return;
            _enough.Reset();
            _wanted = half;
        }

        _enough.WaitOne(AtMost);
        lock (_gate)
            _wanted = 0;
    }

    private bool TakeBatch(out TaskCompletionSource batch, out int records)
    {
        lock (_gate)
        {
            (batch, records) = (_batch, _gathered);
            if (_gathering.WrittenCount == 0)
            {
                _active = false;
                return false;
            }

            (_gathering, _writing) = (_writing, _gathering);
            (_draining, _batch, _gathered) = (batch, NewBatch(), 0);
            _writingLength = _writing.WrittenCount;
            return true;
        }
    }

    private sealed class Gathered(GroupCommit commit) : IDisposable
    {
        public void Dispose() => Volatile.Write(ref commit._inFlight, null);
    }

    private static TaskCompletionSource NewBatch() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Fail(TaskCompletionSource batch, Exception cause)
    {
        try
        {
            _storage.SetLength(_committed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // The torn tail is repaired when the log is opened again.
        }

        var fault = new RunLogException(
            RunLogProblem.Unwritable, _path, $"the answer could not be written ({cause.Message}). The {_committed} bytes recorded before are safe; make room and start the same run again.", cause);
        TaskCompletionSource gathered;
        lock (_gate)
        {
            _fault = fault;
            _active = false;
            _draining = null;
            gathered = _batch;
        }

        batch.SetException(fault);
        gathered.TrySetException(fault);
        _ = gathered.Task.Exception;
        _ = batch.Task.Exception;
    }
}
