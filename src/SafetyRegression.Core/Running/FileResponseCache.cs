using SafetyRegression.RunLogs;

namespace SafetyRegression.Running;

/// <summary>A response cache in a private folder: one file per answer, written beside its place and renamed, so that it is whole or absent.</summary>
/// <param name="folder">The folder; created with access for its owner only.</param>
public sealed class FileResponseCache(string folder) : IResponseCache
{
    private int _number;

    /// <inheritdoc/>
    public async ValueTask<byte[]?> FindAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(key), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask StoreAsync(string key, ReadOnlyMemory<byte> value, CancellationToken cancellationToken = default)
    {
        var path = PathOf(key);
        PrivateFiles.CreateFolder(folder);
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _number)}.tmp";
        var stream = new FileStream(beside, PrivateFiles.Options(FileMode.Create, FileAccess.Write, FileShare.None));
        await using (stream.ConfigureAwait(false))
            await stream.WriteAsync(value, cancellationToken).ConfigureAwait(false);
        File.Move(beside, path, overwrite: true);
    }

    private string PathOf(string key) => key is { Length: >= 8 and <= 128 } && key.All(char.IsAsciiHexDigit)
        ? Path.Combine(folder, key[..2], key + ".json")
        : throw new ArgumentException("A key is a hash: 8 to 128 hexadecimal digits.", nameof(key));
}
