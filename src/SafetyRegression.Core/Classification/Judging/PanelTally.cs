using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>Counts patterns of votes; there are few, however many answers there are.</summary>
internal sealed class PanelTally(ImmutableArray<string> judges)
{
    private readonly ConcurrentDictionary<string, long> _patterns = new(StringComparer.Ordinal);

    public void Add(ImmutableArray<ResponseVerdict> votes) =>
        _patterns.AddOrUpdate(string.Join(',', votes.Select(static vote => (int)vote.Outcome)), 1, static (_, count) => count + 1);

    public PanelAgreement Agreement(double maxDisputed)
    {
        // An item per answer would be long; agreement needs each pattern as often as it occurred.
        var patterns = _patterns.ToArray().OrderBy(static entry => entry.Key, StringComparer.Ordinal)
            .Select(static entry => (Votes: entry.Key.Split(',').Select(static text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).Select(static code => code == 0 ? (int?)null : code).ToArray(), Count: entry.Value))
            .ToList();
        var pairs = ImmutableArray.CreateBuilder<JudgePair>();
        for (var i = 0; i < judges.Length; i++)
        {
            for (var j = i + 1; j < judges.Length; j++)
            {
                var (first, second) = (i, j);
                var table = Table(patterns.Where(entry => entry.Votes[first] is not null && entry.Votes[second] is not null).Select(entry => (new[] { entry.Votes[first], entry.Votes[second] }, entry.Count)));
                pairs.Add(new JudgePair { Judges = $"{judges[i]} / {judges[j]}", Kappa = table is null ? null : SafetyRegression.Agreement.Cohen(table)?.Coefficient });
            }
        }

        var complete = Table(patterns.Where(static entry => Array.TrueForAll(entry.Votes, static vote => vote is not null)));
        var all = Table(patterns);
        return new PanelAgreement
        {
            MaxDisputed = maxDisputed,
            Answers = patterns.Sum(static entry => entry.Count),
            Disputed = patterns.Where(static entry => entry.Votes.Where(static vote => vote is not null).Distinct().Skip(1).Any()).Sum(static entry => entry.Count),
            Missing = [.. judges.Select((name, i) => new MissingVotes(name, patterns.Where(entry => entry.Votes[i] is null).Sum(static entry => entry.Count)))],
            Pairwise = pairs.ToImmutable(),
            Fleiss = complete is null ? null : SafetyRegression.Agreement.Fleiss(complete)?.Coefficient,
            Krippendorff = all is null ? null : SafetyRegression.Agreement.Krippendorff(all),
        };
    }

    private static RatingTable? Table(IEnumerable<(int?[] Votes, long Count)> patterns)
    {
        var rows = patterns.SelectMany(static entry => Enumerable.Repeat(entry.Votes, checked((int)entry.Count))).ToList();
        return rows.Count == 0 ? null : new RatingTable(Enum.GetValues<Outcome>().Where(static outcome => outcome != Outcome.Undetermined).Select(static outcome => (int)outcome), rows);
    }
}
