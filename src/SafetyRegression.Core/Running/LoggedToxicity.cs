using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Running;

/// <summary>Keeps toxicity scores in the run log: one text is scored once, also after a restart. A missing score is not kept; it is asked for again.</summary>
/// <param name="inner">Scores.</param>
/// <param name="log">Keeps; must be open for writing.</param>
public sealed class LoggedToxicity(IToxicityClassifier inner, RunLog log) : IToxicityClassifier
{
    /// <inheritdoc/>
    public ClassifierIdentity Identity => inner.Identity;

    /// <inheritdoc/>
    public async ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        var key = $"toxicity:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(inner.Identity.Fingerprint + '\u001F' + text)))}";
        if (log.FindVerdict(key) is { } known)
            return Read(known);
        var score = log.FindEarlierVerdict(key) is { } earlier ? Read(earlier) : await inner.ScoreAsync(text, cancellationToken).ConfigureAwait(false);
        if (score.Score is not null)
            await log.AppendVerdictAsync(key, static (key, score) => Write(key, score), score).ConfigureAwait(false);
        return score;
    }

    private static ReadOnlySpan<byte> Write(string key, ToxicityScore score)
    {
        var scratch = RecordScratch.Take();
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("t"u8, "verdict"u8);
        writer.WriteString("k"u8, key);
        writer.WriteNumber("toxicity"u8, score.Score!.Value);
        writer.WriteStartObject("categories"u8);
        foreach (var (category, value) in score.Categories)
            writer.WriteNumber(category, value);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return scratch.Buffer.WrittenSpan;
    }

    private static ToxicityScore Read(byte[] line)
    {
        using var json = JsonDocument.Parse(line);
        var categories = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, json.RootElement.GetProperty("categories").EnumerateObject().Select(static entry => KeyValuePair.Create(entry.Name, entry.Value.GetDouble())));
        return new ToxicityScore { Score = json.RootElement.GetProperty("toxicity").GetDouble(), Categories = categories };
    }
}
