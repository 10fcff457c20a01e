namespace SafetyRegression.RunLogs;

/// <summary>Files and folders that only their owner may read (on Unix; elsewhere the folder's own rights hold).</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    internal static void CreateFolder(string folder)
    {
        var own = !Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any();
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerFolder);

        // Harmful answers must not reach a repository by accident; a folder with other things in it is not ours to hide.
        var ignore = Path.Combine(folder, ".gitignore");
        if (own && !File.Exists(ignore))
        {
            // Two who arrive at once write the same, and neither must fail.
            using var stream = new FileStream(ignore, Options(FileMode.Create, FileAccess.Write, FileShare.ReadWrite));
            stream.Write("*\n"u8);
        }
    }

    /// <summary>Makes sure that a file exists.</summary>
    internal static void Create(string path)
    {
        if (File.Exists(path))
            return;
        using var stream = new FileStream(path, Options(FileMode.CreateNew, FileAccess.Write, FileShare.Read));
    }

    internal static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
            options.UnixCreateMode = OwnerFile;
        return options;
    }
}
