using System.Text;

namespace SafetyRegression.Monitoring;

/// <summary>A text file written beside its place, flushed, then renamed: it is either whole or as it was.</summary>
internal static class WholeFile
{
    internal static void Write(string path, string text)
    {
        var beside = path + ".tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
    }
}
