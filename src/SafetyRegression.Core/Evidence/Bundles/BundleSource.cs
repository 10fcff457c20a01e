using System.IO.Compression;

namespace SafetyRegression.Bundles;

/// <summary>
/// The files of a bundle in memory, read from a folder or a zip that nobody vouches for: known names only, nothing is extracted to disk, every size bounded by
/// what is really read and not by what an archive says of itself.
/// </summary>
internal sealed class BundleSource
{
    private const long LongestFile = 256L << 20;
    private const long LongestBundle = 512L << 20;
    private const int MostEntries = 64;

    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private long _longestFile = LongestFile;
    private long _total;

    internal List<EvidenceProblem> Problems { get; } = [];

    /// <summary>Files that are no part of a bundle.</summary>
    internal List<string> Strangers { get; } = [];

    internal byte[]? Find(string name) => _files.GetValueOrDefault(name);

    internal static BundleSource OfFolder(string folder)
    {
        var source = new BundleSource();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            if (!BundleFiles.All.Contains(name, StringComparer.Ordinal))
            {
                if (source.Strangers.Count < MostEntries)
                    source.Strangers.Add(name);
                continue;
            }

            // A device or a pipe under a known name would never end.
            if (new FileInfo(path) is { LinkTarget: not null } or { Attributes: FileAttributes.Device })
            {
                source.Problems.Add(new EvidenceProblem(name, "expected a plain file; found a link or a device"));
                continue;
            }

            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            source.Add(name, stream);
        }

        return source;
    }

    internal static BundleSource OfZip(string path, long longestFile = LongestFile)
    {
        var source = new BundleSource { _longestFile = longestFile };
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        if (stream.Length > longestFile)
        {
            source.Problems.Add(new EvidenceProblem(Path.GetFileName(path), $"longer than {longestFile >> 20} MB"));
            return source;
        }

        if (ZipEnd.Entries(stream) is not { } entries || entries > MostEntries)
        {
            source.Problems.Add(new EvidenceProblem(Path.GetFileName(path), $"expected a zip of at most {MostEntries} entries"));
            return source;
        }

        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries)
                source.Add(entry);
        }
        catch (InvalidDataException e)
        {
            source.Problems.Add(new EvidenceProblem(Path.GetFileName(path), $"not a readable zip: {e.Message}"));
        }

        return source;
    }

    private void Add(ZipArchiveEntry entry)
    {
        var name = entry.FullName;
        if (!BundleFiles.All.Contains(name, StringComparer.Ordinal))
        {
            // Nothing is written anywhere, yet a name that points out of its folder was not put there by accident.
            if (name.AsSpan().ContainsAny('/', '\\', ':') || name.Contains("..", StringComparison.Ordinal))
                Problems.Add(new EvidenceProblem(name, "an entry's name must be a plain file name"));
            else
                Strangers.Add(name);
            return;
        }

        if (_files.ContainsKey(name))
        {
            Problems.Add(new EvidenceProblem(name, "the zip holds it more than once"));
            return;
        }

        using var stream = entry.Open();
        Add(name, stream);
    }

    private void Add(string name, Stream stream)
    {
        using var copy = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (copy.Length + read > _longestFile || _total + copy.Length + read > LongestBundle)
            {
                Problems.Add(new EvidenceProblem(name, $"longer than {_longestFile >> 20} MB, or the bundle longer than {LongestBundle >> 20} MB"));
                return;
            }

            copy.Write(buffer, 0, read);
        }

        _total += copy.Length;
        _files.Add(name, copy.ToArray());
    }
}
