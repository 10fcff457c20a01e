namespace SafetyRegression.RunLogs;

/// <summary>One writer per run: a file held open exclusively, which the system lets go of when the process ends, however it ends.</summary>
internal static class WriterLock
{
    private const string Name = "writer.lock";

    internal static FileStream Take(string folder)
    {
        try
        {
            return new FileStream(Path.Combine(folder, Name), PrivateFiles.Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeldByAnother(e))
        {
            throw new RunLogException(RunLogProblem.InUse, folder, "another writer has this run open. Wait for it, stop it, or use another folder.", e);
        }
    }

    /// <summary>Whether a file could not be opened because somebody else has it open.</summary>
    internal static bool IsHeldByAnother(IOException e) => e is not (DirectoryNotFoundException or FileNotFoundException) && !IsDiskProblem(e);

    /// <summary>Disk full (ENOSPC, EDQUOT, ERROR_DISK_FULL) and read-only file system (EROFS) are not somebody else's lock.</summary>
    private static bool IsDiskProblem(IOException e) => e.HResult is 28 or 122 or 30 or unchecked((int)0x80070070);
}
