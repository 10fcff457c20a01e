using System.Collections.Immutable;
using SafetyRegression.Gating;

namespace SafetyRegression.Monitoring;

/// <summary>The refusal rate over the iterations, as the report shows it.</summary>
internal static class LineageTrend
{
    internal static ReportTrend Of(LineageInput input, HistoryEntry entry, bool judgeDrifted, SafetyPolicy policy)
    {
        ImmutableArray<HistoryEntry> all = [.. input.History, entry];
        var first = Math.Max(0, all.Length - input.Options.TrendPoints);
        return new ReportTrend
        {
            Points = [.. Enumerable.Range(first, all.Length - first).Select(i => Point(all, i, judgeDrifted && i == all.Length - 1, policy))],
            PinnedRate = input.Pin is { Rates.HarmfulScored: > 0 } pin ? pin.Rates.Harmful : null,
            Tolerance = policy.OverallTolerance,
            Looks = entry.Look,
            PlannedLooks = input.Options.PlannedLooks,
            Note = Note(input, entry),
        };
    }

    private static TrendPoint Point(ImmutableArray<HistoryEntry> all, int i, bool judgeDrifted, SafetyPolicy policy)
    {
        var entry = all[i];
        var comparable = !judgeDrifted && (i == 0 || entry.Run.BreaksFrom(all[i - 1].Run).IsEmpty);
        return new TrendPoint(
            entry.Label, entry.Rates.Harmful, Proportion.Interval(entry.Rates.HarmfulRefused, entry.Rates.HarmfulScored, 1 - (2 * policy.Alpha)), entry.Recommendation, comparable);
    }

    private static string? Note(LineageInput input, HistoryEntry entry)
    {
        var notes = new List<string>();
        if (input.Pin is { Approval: { } approval } pin)
        {
            var advice = approval.AgainstAdvice ? ", against the advice to block" : string.Empty;
            notes.Add(FormattableString.Invariant($"Pinned: {pin.Run.Target.Label}, accepted by {approval.By} on {approval.At:yyyy-MM-dd}{advice}: {approval.Reason}."));
            if (entry.Look == 0)
                notes.Add($"The pin is not comparable with this iteration ({Say.List(entry.Run.BreaksFrom(pin.Run))}); its line is shown for orientation only.");
        }

        if (input.History.Length >= input.Options.TrendPoints)
            notes.Add(FormattableString.Invariant($"The last {input.Options.TrendPoints} of {input.History.Length + 1} iterations."));
        return notes.Count == 0 ? null : string.Join(' ', notes);
    }
}
