using System.Text.Json;

namespace SafetyRegression.RunLogs;

/// <summary>The manifest on disk: written beside its place, flushed, then renamed, so that it is either whole or absent.</summary>
internal static class ManifestFile
{
    internal const string Name = "manifest.json";

    internal static RunManifest? Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
            return null;
        try
        {
            var bytes = File.ReadAllBytes(path);
            var manifest = StrictJson.Deserialize(bytes, ManifestJsonContext.Default.RunManifest)
                ?? throw new RunLogException(RunLogProblem.Damaged, path, "expected a manifest; found null.");
            if (manifest.Format != RunManifest.CurrentFormat)
                throw new RunLogException(RunLogProblem.Mismatch, path, $"written in format {manifest.Format}; this version reads format {RunManifest.CurrentFormat}.");
            RequireHashes(path, bytes, manifest);
            return manifest;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new RunLogException(RunLogProblem.Damaged, path, $"the manifest cannot be read: {e.Message}", e);
        }
    }

    /// <summary>A hash that is written must be right. One that is not there (older manifests have no digest) says nothing.</summary>
    private static void RequireHashes(string path, byte[] bytes, RunManifest manifest)
    {
        using var document = JsonDocument.Parse(bytes);
        foreach (var (member, right) in new[] { ("hash", manifest.Hash), ("digest", manifest.Digest) })
        {
            if (document.RootElement.TryGetProperty(member, out var written) && !(written.ValueKind == JsonValueKind.String && written.ValueEquals(right)))
            {
                throw new RunLogException(
                    RunLogProblem.Damaged, path, $"its {member} is not the one of what it says: the file was changed after it was written. Restore it from a copy; the answers beside it were not touched.");
            }
        }
    }

    internal static void Write(string folder, RunManifest manifest)
    {
        var path = Path.Combine(folder, Name);
        var beside = path + ".tmp";
        using (var stream = new FileStream(beside, PrivateFiles.Options(FileMode.Create, FileAccess.Write, FileShare.None)))
        {
            JsonSerializer.Serialize(stream, manifest, ManifestJsonContext.Default.RunManifest);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
