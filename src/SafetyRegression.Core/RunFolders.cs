using System.Globalization;
using SafetyRegression.Running;

namespace SafetyRegression;

/// <summary>
/// Which folder a run writes to: the first of its name that is not finished yet, so that the same call finishes what was interrupted, and a call after a
/// finished run asks anew instead of repeating answers that may be out of date. A run is finished when all is answered and a paid classifier has judged it.
/// </summary>
internal static class RunFolders
{
    internal static async ValueTask<RunLog> OpenAsync(string? parent, RunManifest manifest, ClassifierIdentity? judge = null)
    {
        if (parent is null)
            return RunLog.InMemory(manifest);
        var name = $"{Safe(manifest.SuiteName)}-{manifest.Hash[..12]}";
        var planned = manifest.Items * manifest.Samples * ((manifest.Baseline is null ? 0 : 1) + (manifest.Candidate is null ? 0 : 1));
        RunLog? finished = null;
        for (var number = 1; ; number++)
        {
            var log = RunLog.Open(Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{name}-{number}")), manifest);
            if (log.Count < planned || (judge is not null && JudgingMark.IsUnfinished(log, judge)))
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

    private static string Safe(string name) => string.Concat(name.Take(40).Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
}
