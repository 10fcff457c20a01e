using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// Capability scores by item id. In JSON one member an item, its value one code a sample: <c>"q-17": "correct"</c>, <c>"q-18": "incorrect/0.25 refused"</c>
/// (outcome, and what the answer is worth where the outcome alone does not say it).
/// </summary>
[JsonConverter(typeof(Monitoring.ScoreTableJsonConverter))]
public sealed class ScoreTable
{
    private static readonly ImmutableDictionary<string, CapabilityOutcome> _byName = Enum.GetValues<CapabilityOutcome>().ToImmutableDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>Creates a table.</summary>
    /// <param name="rows">The scores per sample, by item id.</param>
    public ScoreTable(IEnumerable<KeyValuePair<string, ImmutableArray<StoredScore>>> rows) => Rows = rows.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>The scores of each item's samples, by item id in ordinal order.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<StoredScore>> Rows { get; }

    /// <summary>How many items there are.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rows.Count} items");

    /// <summary>The scores of a run; what was planned and is not there is unscored.</summary>
    internal static ScoreTable Of(CapabilitySuite suite, CapabilityRun run)
    {
        var found = new Dictionary<(string Id, int Sample), StoredScore>(run.Samples.Length);
        foreach (var sample in run.Samples)
        {
            var id = suite.Find(sample.ItemId)?.Id ?? throw new RunsNotComparableException($"There is a capability score for '{sample.ItemId}', which is not in the suite.");
            if (!found.TryAdd((id, sample.Sample), new StoredScore(sample.Score.Outcome, sample.Score.Value)))
                throw new RunsNotComparableException($"'{id}' sample {sample.Sample} has more than one capability score.");
        }

        return new ScoreTable(suite.Items.Select(item => KeyValuePair.Create<string, ImmutableArray<StoredScore>>(
            item.Id,
            [.. Enumerable.Range(0, run.SamplesPerItem).Select(sample => found.GetValueOrDefault((item.Id, sample), new StoredScore(CapabilityOutcome.Unscored, 0)))])));
    }

    internal static string CodeOf(ImmutableArray<StoredScore> scores) => string.Join(' ', scores.Select(static score =>
        score.Value == ValueOf(score.Outcome) ? NameOf(score.Outcome) : string.Create(CultureInfo.InvariantCulture, $"{NameOf(score.Outcome)}/{score.Value:R}")));

    /// <summary>Reads a row's code.</summary>
    /// <returns>The scores, or <see langword="null"/> with the word that is none.</returns>
    internal static ImmutableArray<StoredScore>? Read(string code, out string wrong)
    {
        var scores = ImmutableArray.CreateBuilder<StoredScore>(1);
        foreach (var word in code.Split(' '))
        {
            wrong = word;
            var slash = word.IndexOf('/', StringComparison.Ordinal);
            if (!_byName.TryGetValue(slash < 0 ? word : word[..slash], out var outcome))
                return null;
            var value = ValueOf(outcome);
            if (slash >= 0 && (!double.TryParse(word.AsSpan(slash + 1), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out value) || value is not (>= 0 and <= 1)))
                return null;
            scores.Add(new StoredScore(outcome, value));
        }

        wrong = string.Empty;
        return scores.ToImmutable();
    }

    /// <summary>What an answer of a right-or-wrong dialect is worth.</summary>
    private static double ValueOf(CapabilityOutcome outcome) => outcome == CapabilityOutcome.Correct ? 1 : 0;

    private static string NameOf(CapabilityOutcome outcome)
    {
        var name = outcome.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }
}
