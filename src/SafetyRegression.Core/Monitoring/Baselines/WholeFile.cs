using System.Text;

namespace SafetyRegression.Monitoring;

/// <summary>A text file written beside its place, flushed, then renamed: it is either whole or as it was.</summary>
internal static class WholeFile
{
    internal static void Write(string path, string text)
    {
        // A name of its own: several processes may write the same file at once, and one of them is last.
        var beside = $"{path}.{Path.GetRandomFileName()}.tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
