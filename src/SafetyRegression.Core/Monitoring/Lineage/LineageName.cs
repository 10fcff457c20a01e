namespace SafetyRegression.Monitoring;

/// <summary>The file name of a lineage.</summary>
internal static class LineageName
{
    private const int Longest = 80;

    internal static string ToFileName(string lineage)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lineage);
        var name = string.Concat(lineage.Trim().Take(Longest).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '-'));
        // No hidden files, and no way out of the folder.
        return name[0] == '.' ? "-" + name[1..] : name;
    }
}
