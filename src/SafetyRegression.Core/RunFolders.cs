using System.Globalization;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>
/// Which folder a run writes to: the first of its name that is not finished yet, so that the same call finishes what was interrupted, and a call after a
/// finished run asks anew instead of repeating answers that may be out of date. A run is finished when all is answered and a paid classifier has judged it.
/// </summary>
internal static class RunFolders
{
    /// <summary>Opens the folder's log.</summary>
    /// <param name="parent">The folder of the folders; <see langword="null"/> for a log in memory.</param>
    /// <param name="manifest">What is asked.</param>
    /// <param name="judge">The classifier, when it is paid.</param>
    /// <param name="capability">The capability questions asked with it, if any.</param>
    /// <param name="stops">Whether a stopping rule watches the run: then one that was stopped is finished; without a rule the rest of it is asked.</param>
    internal static async ValueTask<RunLog> OpenAsync(string? parent, RunManifest manifest, ClassifierIdentity? judge = null, RunManifest? capability = null, bool stops = false)
    {
        if (parent is null)
            return RunLog.InMemory(manifest);
        var name = $"{Safe(manifest.SuiteName)}-{manifest.Hash[..12]}";
        RunLog? finished = null;
        for (var number = 1; ; number++)
        {
            var log = RunLog.Open(Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")), manifest);
            var asked = log.Count >= manifest.Planned ? capability is null || await IsAskedAsync(log.Folder, capability).ConfigureAwait(false) : stops && log.Stopped is not null;
            if (!asked || (judge is not null && JudgingMark.IsUnfinished(log, judge)))
            {
                // The same texts get the same verdicts: what a judge was paid for in the run before is not paid for again.
                if (finished is not null)
                    log.Remember(finished);
                return log;
            }

            await log.DisposeAsync().ConfigureAwait(false);
            finished = log;
        }
    }

    /// <summary>Whether the capability questions of a run have been asked, or others have.</summary>
    private static async ValueTask<bool> IsAskedAsync(string folder, RunManifest capability)
    {
        var inside = Path.Combine(folder, RunLog.CapabilityFolderName);
        if (!File.Exists(Path.Combine(inside, RunLogs.ManifestFile.Name)))
            return false;
        var log = RunLog.OpenRead(inside);
        await using (log.ConfigureAwait(false))
            return !log.Manifest.DifferencesFrom(capability).IsEmpty || log.Count >= capability.Planned;
    }

    private static string Safe(string name) => string.Concat(name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
