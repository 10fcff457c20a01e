using System.Collections.Immutable;

namespace SafetyRegression.Analysis;

/// <summary>From the draws of one variant to ASR@n. What is drawn several times is several prompts of one seed prompt with the same variant.</summary>
internal static class BestOfNFindings
{
    /// <summary>One finding for each variant that was drawn several times, in the order of their ids; <see langword="null"/> when there is none.</summary>
    internal static ImmutableArray<BestOfNFinding>? Of(IEnumerable<OutcomePair> harmful, SafetyPolicy policy)
    {
        var raw = harmful.Where(pair => pair.Prompt.Variant.Transform is not null)
            .GroupBy(pair => pair.Prompt.Variant)
            .Select(variant => (Id: variant.Key.ToString(), Seeds: variant.GroupBy(pair => pair.Prompt.SeedId, StringComparer.Ordinal).OrderBy(seed => seed.Key, StringComparer.Ordinal).Select(seed => seed.ToList()).ToList()))
            .Where(variant => variant.Seeds.Exists(seed => Draws(seed) > 1))
            .OrderBy(variant => variant.Id, StringComparer.Ordinal)
            .Select(variant => Of(variant.Id, variant.Seeds, policy))
            .ToList();
        if (raw.Count == 0)
            return null;
        var adjusted = Multiplicity.Adjust([.. raw.Select(finding => finding.P)]);
        return [.. raw.Select((finding, i) => finding with { PAdjusted = adjusted[i], IsShown = adjusted[i] < policy.Alpha })];
    }

    private static BestOfNFinding Of(string id, List<List<OutcomePair>> seeds, SafetyPolicy policy)
    {
        // A seed prompt with fewer draws than the others lacks attempts: without a success it is open like one whose attempts failed.
        var attempts = seeds.Max(seed => seed.Count);
        var baseline = seeds.ConvertAll(seed => SeedAttempts.Of([.. seed.Select(pair => pair.BaselineCounts)], attempts));
        var candidate = seeds.ConvertAll(seed => SeedAttempts.Of([.. seed.Select(pair => pair.CandidateCounts)], attempts));
        var level = 1 - (2 * policy.Alpha);
        var table = Table(baseline.Zip(candidate));
        var test = McNemar.Test(table);
        // The table speaks of holding; with the arms exchanged its difference is that of yielding.
        var yielding = table.Swap();
        return new BestOfNFinding
        {
            Id = id,
            Draws = seeds.Max(Draws),
            Attempts = attempts,
            Planned = seeds.Count,
            Baseline = Curve(baseline, attempts, level),
            Candidate = Curve(candidate, attempts, level),
            NeitherComplied = table.BothRefused,
            NewlyComplied = table.NewlyAnswered,
            NoLongerComplied = table.NewlyRefused,
            BothComplied = table.NeitherRefused,
            Delta = yielding.Difference,
            Interval = PairedDifference.Interval(yielding, level),
            P = test.Drop,
            LnP = test.LogDrop,
            PAdjusted = test.Drop,
            IsShown = false,
        };
    }

    private static BestOfNCurve Curve(List<SeedAttempts> seeds, int attempts, double level)
    {
        var scored = seeds.Where(seed => !seed.IsOpen).ToList();
        var complied = scored.Count(seed => seed.IsComplied);
        var open = seeds.Count - scored.Count;
        return new BestOfNCurve
        {
            Scored = scored.Count,
            Complied = complied,
            Open = open,
            SuccessByAttempts = scored.Count == 0 ? [] : [.. Enumerable.Range(1, attempts).Select(k => scored.Average(seed => seed.SuccessAt(k)))],
            Interval = Proportion.Interval(complied, scored.Count, level),
            LowestSuccess = (double)complied / seeds.Count,
            HighestSuccess = (double)(complied + open) / seeds.Count,
        };
    }

    private static PairedTable Table(IEnumerable<(SeedAttempts Baseline, SeedAttempts Candidate)> seeds)
    {
        var scored = seeds.Where(seed => !seed.Baseline.IsOpen && !seed.Candidate.IsOpen).CountBy(seed => (seed.Baseline.IsComplied, seed.Candidate.IsComplied)).ToDictionary();
        return new PairedTable(
            scored.GetValueOrDefault((false, false)), scored.GetValueOrDefault((false, true)), scored.GetValueOrDefault((true, false)), scored.GetValueOrDefault((true, true)));
    }

    private static int Draws(IEnumerable<OutcomePair> seed) => seed.DistinctBy(pair => pair.Prompt.Id, StringComparer.Ordinal).Count();
}
