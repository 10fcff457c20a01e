using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Monitoring;

/// <summary>
/// The file name of a lineage. Two names never share one: a name fit for a file is its own; any other gets a mark that no such name can hold (<c>~</c> and the head
/// of the name's SHA-256). The name of a file stands for itself, so that what a folder holds can be listed and found again.
/// </summary>
internal static class LineageName
{
    private const int Longest = 80;
    private const char Mark = '~';
    private const int MarkBytes = 8;

    internal static string ToFileName(string lineage)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lineage);
        var name = ToUnmarkedFileName(lineage);
        // A name that ends as received files do would be the received file of another lineage.
        var isItsOwn = StringComparer.Ordinal.Equals(name, lineage) && !name.EndsWith(BaselineStore.Received, StringComparison.OrdinalIgnoreCase);
        return isItsOwn || IsMarked(lineage) ? lineage : $"{name}{Mark}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lineage)).AsSpan(0, MarkBytes))}";
    }

    /// <summary>The name of the file before names were marked, which several lineages could share.</summary>
    internal static string ToUnmarkedFileName(string lineage)
    {
        var name = string.Concat(lineage.Trim().Take(Longest).Select(c => IsPlain(c) ? c : '-'));
        // No hidden files, and no way out of the folder.
        return name[0] == '.' ? "-" + name[1..] : name;
    }

    private static bool IsMarked(string lineage)
    {
        var mark = lineage.IndexOf(Mark, StringComparison.Ordinal);
        return mark is > 0 and <= Longest && lineage[0] != '.' && lineage[..mark].All(IsPlain) && lineage.Length == mark + 1 + (2 * MarkBytes) && lineage[(mark + 1)..].All(char.IsAsciiHexDigitLower);
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.';
}
