using System.Globalization;
using System.Text.Json.Nodes;
using SafetyRegression.Reporting;

namespace SafetyRegression.Bundles;

/// <summary>Where two JSON documents differ, as paths.</summary>
internal static class JsonDifferences
{
    private const int LongestValue = 120;

    /// <summary>One problem for every value that differs, is missing or is too much.</summary>
    /// <param name="expected">What follows from plan and outcomes.</param>
    /// <param name="found">What the file says.</param>
    /// <param name="file">The file.</param>
    /// <param name="origin">How the expected values came about.</param>
    internal static IEnumerable<EvidenceProblem> Of(JsonNode? expected, JsonNode? found, string file, string origin) =>
        At(expected, found, "$").Select(difference => new EvidenceProblem(
            $"{file} {Characters.Line(difference.Path)}", $"{origin} {Text(difference.Expected)}; the file says {Text(difference.Found)}"));

    /// <summary>How many values a document holds.</summary>
    internal static int Count(JsonNode? node) => node switch
    {
        JsonObject members => members.Sum(member => Count(member.Value)),
        JsonArray items => items.Sum(Count),
        _ => 1,
    };

    private static IEnumerable<(string Path, JsonNode? Expected, JsonNode? Found)> At(JsonNode? expected, JsonNode? found, string path)
    {
        switch (expected, found)
        {
            case (JsonObject left, JsonObject right):
                var names = left.Select(member => member.Key).Union(right.Select(member => member.Key), StringComparer.Ordinal);
                return names.SelectMany(name => At(Member(left, name), Member(right, name), $"{path}.{name}"));
            case (JsonArray left, JsonArray right):
                return Enumerable.Range(0, Math.Max(left.Count, right.Count)).SelectMany(i => At(
                    i < left.Count ? left[i] : Absent, i < right.Count ? right[i] : Absent, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]")));
            default:
                return JsonNode.DeepEquals(expected, found) ? [] : [(path, expected, found)];
        }
    }

    /// <summary>Stands for a member that is not there, which is something else than a member that is null.</summary>
    private static readonly JsonNode Absent = JsonValue.Create("\u0000absent");

    private static JsonNode? Member(JsonObject members, string name) => members.TryGetPropertyValue(name, out var value) ? value : Absent;

    private static string Text(JsonNode? node)
    {
        if (ReferenceEquals(node, Absent))
            return "nothing";
        var text = Characters.Line(node?.ToJsonString() ?? "null", LongestValue + 1);
        return text.Length > LongestValue ? text[..LongestValue] + "…" : text;
    }
}
