using System.Text.Json;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Running;

/// <summary>
/// Marks in a run log where a paid classifier began and ended: a run whose answers are all there but whose judging was cut off is not finished, and the same
/// call finishes it instead of asking everything anew.
/// </summary>
internal static class JudgingMark
{
    private const string State = "state";
    private const string Ended = "ended";

    /// <summary>Whether a verdict left the answer open for reasons that another try may mend.</summary>
    internal static bool IsOpen(ResponseVerdict verdict) => verdict.Reason is UndeterminedReason.JudgeFailed or UndeterminedReason.ClassifierFailed or UndeterminedReason.CanaryFailed;

    /// <summary>Whether this classifier began on the log and did not end.</summary>
    internal static bool IsUnfinished(RunLog log, ClassifierIdentity classifier)
    {
        if (log.FindVerdict(KeyOf(classifier)) is not { } record)
            return false;
        using var json = JsonDocument.Parse(record);
        return json.RootElement.GetProperty(State).GetString() != Ended;
    }

    /// <summary>The classifier begins.</summary>
    internal static ValueTask BeginAsync(RunLog log, ClassifierIdentity classifier) =>
        log.FindVerdict(KeyOf(classifier)) is null ? WriteAsync(log, classifier, "begun") : default;

    /// <summary>The classifier has decided all it can.</summary>
    internal static ValueTask EndAsync(RunLog log, ClassifierIdentity classifier) => WriteAsync(log, classifier, Ended);

    private static string KeyOf(ClassifierIdentity classifier) => "judging:" + classifier.Fingerprint;

    private static ValueTask WriteAsync(RunLog log, ClassifierIdentity classifier, string state) =>
        log.AppendVerdictAsync(KeyOf(classifier), static (key, state) => Write(key, state), state);

    private static ReadOnlySpan<byte> Write(string key, string state)
    {
        var scratch = RecordScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("t"u8, "verdict"u8);
        writer.WriteString("k"u8, key);
        writer.WriteString(State, state);
        writer.WriteEndObject();
        writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }
}
