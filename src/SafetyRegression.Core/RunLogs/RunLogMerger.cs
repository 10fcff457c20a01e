using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// Brings the shards of a run together into one run log, over which statistics are then computed once. Checks that all parts belong to the same run and that
/// none is missing; keeps what contradicts itself visible. Capability questions that were asked with the shards are merged too.
/// </summary>
public static class RunLogMerger
{
    private const int Together = 512;

    /// <summary>Merges run logs.</summary>
    /// <param name="sources">The folders of the parts.</param>
    /// <param name="destination">The folder of the merged run; must not hold a run yet.</param>
    /// <param name="allowPartial">Permits missing shards; what they would have answered counts as skipped.</param>
    /// <param name="options">How to open the logs.</param>
    /// <param name="cancellationToken">Stops the merge.</param>
    /// <exception cref="RunLogException">The parts belong to different runs, a shard is missing or given twice, or a log is damaged.</exception>
    public static async Task<RunMerge> MergeAsync(
        IReadOnlyList<string> sources, string destination, bool allowPartial = false, RunLogOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sources);
        ArgumentOutOfRangeException.ThrowIfZero(sources.Count);
        var manifests = sources.Select(RunLog.ManifestOf).ToList();
        var missing = Check(sources, manifests, allowPartial);
        if (File.Exists(Path.Combine(destination, RunLogs.ManifestFile.Name)))
            throw new RunLogException(RunLogProblem.Mismatch, destination, "there is a run here already; merge into a new folder.");
        var target = RunLog.Open(destination, manifests[0] with { Shard = null, CreatedAt = manifests.Min(manifest => manifest.CreatedAt), Protector = null }, options);
        await using (target.ConfigureAwait(false))
        {
            var isPlanKept = KeepPlan(sources, destination);
            var (duplicates, lost) = (0, 0);
            var stops = new List<EarlyStop>();
            foreach (var source in sources)
            {
                var part = RunLog.OpenRead(source, options);
                await using (part.ConfigureAwait(false))
                {
                    lost += part.LostRecords;
                    duplicates += await CopyAsync(part, target, cancellationToken).ConfigureAwait(false);
                    if (part.Stopped is { } stop)
                        stops.Add(stop);
                }
            }

            // Every shard had its own chance of a false alarm.
            var stopped = stops.MaxBy(stop => stop.LogEValue) is { } strongest ? strongest with { Alpha = Math.Min(1, strongest.Alpha * (manifests[0].Shard?.Count ?? 1)) } : null;
            if (stopped is not null)
                await target.AppendEndAsync(new RunLogs.EndRecord("StoppedEarly", stopped)).ConfigureAwait(false);
            return new RunMerge
            {
                Manifest = target.Manifest,
                Answers = target.Count,
                Duplicates = duplicates,
                Conflicts = target.Conflicts,
                Lost = lost,
                MissingShards = missing,
                Stopped = stopped,
                IsPlanKept = isPlanKept,
                Capability = await MergeCapabilityAsync(sources, destination, allowPartial || stopped is not null, options, cancellationToken).ConfigureAwait(false),
            };
        }
    }

    /// <summary>
    /// A plan counts for the whole only when every part wrote down the same one, byte for byte: then it was there before the first answer of any of them.
    /// </summary>
    private static bool KeepPlan(IReadOnlyList<string> sources, string destination)
    {
        var plans = sources.Select(source => Path.Combine(source, RunLog.PlanFileName)).ToList();
        if (!plans.TrueForAll(File.Exists))
            return false;
        var first = File.ReadAllBytes(plans[0]);
        if (!plans.TrueForAll(plan => File.ReadAllBytes(plan).AsSpan().SequenceEqual(first)))
            return false;
        File.WriteAllBytes(Path.Combine(destination, RunLog.PlanFileName), first);
        return true;
    }

    /// <summary>A shard that was stopped early has asked no capability questions.</summary>
    private static async Task<RunMerge?> MergeCapabilityAsync(
        IReadOnlyList<string> sources, string destination, bool allowPartial, RunLogOptions? options, CancellationToken cancellationToken)
    {
        var parts = sources.Select(source => Path.Combine(source, RunLog.CapabilityFolderName)).Where(part => File.Exists(Path.Combine(part, RunLogs.ManifestFile.Name))).ToList();
        if (parts.Count == 0)
            return null;
        if (parts.Count < sources.Count && !allowPartial)
            throw new RunLogException(RunLogProblem.Missing, sources[0], $"capability questions were asked in {parts.Count} of {sources.Count} parts only. Finish the others, or allow a partial merge.");
        return await MergeAsync(parts, Path.Combine(destination, RunLog.CapabilityFolderName), allowPartial, options, cancellationToken).ConfigureAwait(false);
    }

    private static ImmutableArray<int> Check(IReadOnlyList<string> sources, List<RunManifest> manifests, bool allowPartial)
    {
        for (var i = 1; i < manifests.Count; i++)
        {
            var differences = manifests[i].DifferencesFrom(manifests[0]);
            if (manifests[i].Shard?.Count != manifests[0].Shard?.Count)
                differences = differences.Add($"shards: here '{manifests[i].Shard?.ToString() ?? "none"}', there '{manifests[0].Shard?.ToString() ?? "none"}'");
            if (!differences.IsEmpty)
            {
                throw new RunLogException(RunLogProblem.Mismatch, sources[i], $"not a part of the run in {sources[0]}. {string.Join("; ", differences)}")
                {
                    Differences = differences,
                };
            }
        }

        if (manifests[0].Shard is not { } shard)
            return [];
        var given = manifests.Select(manifest => manifest.Shard!.Index).ToHashSet();
        ImmutableArray<int> missing = [.. Enumerable.Range(1, shard.Count).Where(index => !given.Contains(index))];
        return missing.IsEmpty || allowPartial
            ? missing
            : throw new RunLogException(RunLogProblem.Missing, sources[0], $"of {shard.Count} shards these are missing: {string.Join(", ", missing)}. Give them, or allow a partial merge.");
    }

    private static async Task<int> CopyAsync(RunLog part, RunLog target, CancellationToken cancellationToken)
    {
        var duplicates = 0;
        var open = new List<Task>(Together);
        foreach (var answer in part.ReadEveryRecord())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (target.Holds(answer))
            {
                duplicates++;
                continue;
            }

            open.Add(target.AppendAsync(answer).AsTask());
            if (open.Count == Together)
            {
                await Task.WhenAll(open).ConfigureAwait(false);
                open.Clear();
            }
        }

        await Task.WhenAll(open).ConfigureAwait(false);
        return duplicates;
    }
}
