namespace SafetyRegression.RunLogs;

/// <summary>Whether the run in a folder asks what is wanted.</summary>
internal static class ManifestAgreement
{
    /// <summary>The manifest of the folder's run: the wanted one, written, when there is none yet; otherwise the one found, if it asks the same.</summary>
    internal static RunManifest Reach(string folder, RunManifest wanted, RunLogOptions options)
    {
        var found = ManifestFile.Read(folder);
        if (found is null)
        {
            if (new FileInfo(Path.Combine(folder, RunLog.FileName)) is { Exists: true, Length: > 0 })
                throw new RunLogException(RunLogProblem.Damaged, folder, $"there is a log but no {ManifestFile.Name}, so what it answers is unknown.");
            found = wanted with { CreatedAt = wanted.CreatedAt ?? options.TimeProvider.GetUtcNow(), Protector = options.Protector?.Name };
            ManifestFile.Write(folder, found);
            return found;
        }

        var differences = found.DifferencesFrom(wanted);
        if (found.Shard != wanted.Shard)
            differences = differences.Add($"shard: here '{found.Shard?.ToString() ?? "none"}', there '{wanted.Shard?.ToString() ?? "none"}'");
        if (!differences.IsEmpty)
        {
            throw new RunLogException(
                RunLogProblem.Mismatch, folder, $"the run here asks something else; its answers were kept. Use another folder, or ask the same again. {string.Join("; ", differences)}")
            {
                Differences = differences,
            };
        }

        RequireProtector(folder, found, options);
        return found;
    }

    /// <summary>Texts are opened by what protected them, and by nothing else.</summary>
    internal static void RequireProtector(string folder, RunManifest manifest, RunLogOptions options)
    {
        if (!StringComparer.Ordinal.Equals(manifest.Protector, options.Protector?.Name))
        {
            throw new RunLogException(
                RunLogProblem.Protected, folder, $"the texts are protected by '{manifest.Protector ?? "nothing"}', and the protector given is '{options.Protector?.Name ?? "none"}'.");
        }
    }
}
