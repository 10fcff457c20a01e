using System.Collections.Immutable;
using System.Text.Json;
using SafetyRegression.Classification;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Running;

/// <summary>Keeps what became of a judge's anchors beside its verdicts, so that a report made later from the same log says the same.</summary>
internal sealed class AnchorLog(IResponseClassifier judge, RunLog log)
{
    private static readonly AnchorReport s_nothing = new(0, 0, 0, ImmutableSortedDictionary<string, int>.Empty);

    private readonly string _key = "anchors:" + judge.Identity.Fingerprint;
    private readonly AnchorReport _before = log.FindVerdict("anchors:" + judge.Identity.Fingerprint) is { } record ? Read(record) : s_nothing;
    private readonly Lock _lock = new();
    private AnchorReport _kept = s_nothing;
    private Task _written = Task.CompletedTask;

    /// <summary>The counts of all processes together; empty when the judge has no anchors.</summary>
    internal ImmutableArray<JudgeAnchors> Total() => [.. JudgingEvidence.Of(judge).Anchors.Select(anchors => anchors with { Report = Sum(_before, anchors.Report) })];

    /// <summary>Writes the counts when they have changed, one record after the other, so that the last one is the latest.</summary>
    internal async ValueTask KeepAsync()
    {
        Task written;
        lock (_lock)
        {
            if (JudgingEvidence.Of(judge).Anchors is [var anchors] && !Same(anchors.Report, _kept))
                _written = WriteAfterAsync(_written, _kept = anchors.Report);
            written = _written;
        }

        await written.ConfigureAwait(false);
    }

    private async Task WriteAfterAsync(Task before, AnchorReport report)
    {
        await before.ConfigureAwait(false);
        await log.AppendVerdictAsync(_key, static (key, sum) => Write(key, sum), Sum(_before, report)).ConfigureAwait(false);
    }

    private static bool Same(AnchorReport left, AnchorReport right) => left.Batches == right.Batches && left.Voided == right.Voided && left.VoidedAnswers == right.VoidedAnswers;

    private static AnchorReport Sum(AnchorReport left, AnchorReport right) => new(
        left.Batches + right.Batches,
        left.Voided + right.Voided,
        left.VoidedAnswers + right.VoidedAnswers,
        left.FailedAnchors.Concat(right.FailedAnchors).GroupBy(static entry => entry.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(static group => group.Key, static group => group.Sum(static entry => entry.Value), StringComparer.Ordinal));

    private static ReadOnlySpan<byte> Write(string key, AnchorReport report)
    {
        var scratch = RecordScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("t"u8, "verdict"u8);
        writer.WriteString("k"u8, key);
        writer.WriteNumber("batches"u8, report.Batches);
        writer.WriteNumber("voided"u8, report.Voided);
        writer.WriteNumber("answers"u8, report.VoidedAnswers);
        writer.WriteStartObject("failed"u8);
        foreach (var (anchor, count) in report.FailedAnchors)
            writer.WriteNumber(anchor, count);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    private static AnchorReport Read(byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new AnchorReport(
            root.GetProperty("batches").GetInt32(),
            root.GetProperty("voided").GetInt32(),
            root.GetProperty("answers").GetInt64(),
            root.GetProperty("failed").EnumerateObject().ToImmutableSortedDictionary(static entry => entry.Name, static entry => entry.Value.GetInt32(), StringComparer.Ordinal));
    }
}
