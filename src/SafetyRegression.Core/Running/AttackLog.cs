using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Running;

/// <summary>
/// What attackers and targets said, one line for each exchange, on the disk before the next message is written. Opened again it goes on from there: an
/// attacker holds no state. A line cut off by a crash is dropped; a log of other attacks is refused. Private, as all that holds harmful text.
/// </summary>
internal sealed class AttackLog : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<AttackKey, List<AttackStep>> _steps = [];
    private readonly FileStream? _file;

    private AttackLog(FileStream? file) => _file = file;

    /// <summary>Opens or creates the log of a folder; without a folder nothing is kept beyond this object.</summary>
    /// <param name="folder">The folder, or <see langword="null"/>.</param>
    /// <param name="plan">A hash over everything that decides what is asked.</param>
    /// <exception cref="RunLogException">The log belongs to other attacks, or is damaged.</exception>
    internal static AttackLog Open(string? folder, string plan)
    {
        if (folder is null)
            return new AttackLog(null);
        PrivateFiles.CreateFolder(folder);
        var path = Path.Combine(folder, "attacks.jsonl");
        PrivateFiles.Create(path);
        var file = new FileStream(path, PrivateFiles.Options(FileMode.Open, FileAccess.ReadWrite, FileShare.Read));
        var log = new AttackLog(file);
        try
        {
            log.Load(folder, plan);
        }
        catch
        {
            file.Dispose();
            throw;
        }

        return log;
    }

    /// <summary>What is known of an attack, in order.</summary>
    internal ImmutableArray<AttackStep> StepsOf(AttackKey key)
    {
        lock (_steps)
            return _steps.TryGetValue(key, out var steps) ? [.. steps] : [];
    }

    /// <summary>Writes a step down; it is on the disk when the call returns.</summary>
    internal async ValueTask AppendAsync(AttackStep step)
    {
        await _gate.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_file is not null)
            {
                await _file.WriteAsync(Write(step), CancellationToken.None).ConfigureAwait(false);
                await _file.FlushAsync(CancellationToken.None).ConfigureAwait(false);
                RandomAccess.FlushToDisk(_file.SafeFileHandle);
            }

            Remember(step);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_file is not null)
            await _file.DisposeAsync().ConfigureAwait(false);
        _gate.Dispose();
    }

    private void Load(string folder, string plan)
    {
        var bytes = new byte[_file!.Length];
        _file.ReadExactly(bytes);
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(whole);
        _file.Position = whole;
        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0)
        {
            _file.Write(Encoding.UTF8.GetBytes($"{{\"t\":\"attacks\",\"plan\":\"{plan}\"}}\n"));
            _file.Flush(flushToDisk: true);
            return;
        }

        try
        {
            using (var head = JsonDocument.Parse(lines[0]))
            {
                if (head.RootElement.GetProperty("plan").GetString() != plan)
                    throw new RunLogException(RunLogProblem.Mismatch, folder, "the attacks in it were made with other scenarios, targets, attackers, classifier or options; use another folder.");
            }

            foreach (var line in lines.Skip(1))
                Remember(Read(line));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new RunLogException(RunLogProblem.Damaged, folder, $"the attack log cannot be read: {e.GetType().Name}.", e);
        }
    }

    private void Remember(AttackStep step)
    {
        lock (_steps)
        {
            if (!_steps.TryGetValue(step.Key, out var steps))
                _steps[step.Key] = steps = [];
            steps.Add(step);
        }
    }

    private static byte[] Write(AttackStep step)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("by"u8, step.Key.Attacker);
            json.WriteString("scenario"u8, step.Key.ScenarioId);
            json.WriteNumber("sample"u8, step.Key.Sample);
            json.WriteString("arm"u8, step.Key.Arm.ToString());
            json.WriteNumber("calls"u8, step.Calls);
            json.WriteNumber("tokens"u8, step.Tokens);
            if (step.End is { } end)
                json.WriteString("end"u8, end.ToString());
            if (step.Exchange is { } exchange)
            {
                json.WriteString("text"u8, exchange.Move.Text);
                json.WriteNumber("keep"u8, exchange.Move.Keep);
                json.WriteBoolean("asks"u8, exchange.Move.Asks);
                json.WriteString("outcome"u8, exchange.Outcome.ToString());
                json.WritePropertyName("reply"u8);
                TurnRecord.Write(json, exchange.Reply);
            }

            json.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    private static AttackStep Read(string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var key = new AttackKey(
            root.GetProperty("by").GetString()!, root.GetProperty("scenario").GetString()!, root.GetProperty("sample").GetInt32(), Enum.Parse<Arm>(root.GetProperty("arm").GetString()!));
        return new AttackStep(
            key,
            root.TryGetProperty("text", out var text)
                ? new AttackExchange(
                    new AttackMove(text.GetString()!, root.GetProperty("keep").GetInt32(), root.GetProperty("asks").GetBoolean()),
                    ReadTurn(root.GetProperty("reply")),
                    Enum.Parse<Outcome>(root.GetProperty("outcome").GetString()!))
                : null,
            root.TryGetProperty("end", out var end) ? Enum.Parse<AttackEnd>(end.GetString()!) : null,
            root.GetProperty("calls").GetInt32(),
            root.GetProperty("tokens").GetInt64());
    }

    private static AnswerTurn ReadTurn(JsonElement reply)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(reply.GetRawText()));
        reader.Read();
        return TurnRecord.Read(ref reader);
    }
}
