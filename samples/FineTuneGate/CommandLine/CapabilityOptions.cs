using SafetyRegression;
using SafetyRegression.Capability;
using SafetyRegression.Running;

namespace FineTuneGate.CommandLine;

/// <summary>A capability suite named on the command line.</summary>
internal static class CapabilityOptions
{
    internal static CapabilitySuite? Load(string name) => name switch
    {
        "none" => null,
        "builtin" or "built-in" => BuiltInCapabilitySuite.Load(),
        _ => CapabilityJsonLines.Load(name),
    };

    /// <summary>Scores the capability answers recorded with a run, if there are any.</summary>
    internal static async Task<CapabilityComparison?> ScoreAsync(string run, string? name, RunLogOptions options, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(run, RunLog.CapabilityFolderName);
        if (!Directory.Exists(folder))
            return name is null or "none" ? null : throw new UsageException($"No capability questions were asked with the run in {run}.");
        if (name is "none")
            return null;
        await using var log = RunLog.OpenRead(folder, options);
        var suite = Load(name ?? "builtin")!;
        if (name is null && RunPlan.From(suite).Fingerprint != log.Manifest.SuiteFingerprint)
            throw new UsageException($"The run holds answers to the capability questions {log.Manifest.SuiteName} {log.Manifest.SuiteVersion}: give their file with --capability, or --capability none to leave them out.");
        return await CapabilityRunProjection.ProjectAsync(suite, log, cancellationToken: cancellationToken);
    }
}
