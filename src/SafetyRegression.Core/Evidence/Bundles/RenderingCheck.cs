using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafetyRegression.Bundles;

/// <summary>The report files beside a bundle: each must be what its writer makes of the verified report.</summary>
internal static class RenderingCheck
{
    private const long Longest = 64L << 20;

    /// <summary>The member of a report.json that holds the texts a redaction level lets through.</summary>
    private const string Texts = "evidence";

    internal static void Run(string folder, RegressionReport report, List<EvidenceProblem> problems, List<string> notes)
    {
        var seen = new List<string>();
        foreach (var writer in ReportWriters.All)
        {
            var name = "report." + writer.Format;
            var path = Path.Combine(folder, name);
            if (!File.Exists(path))
                continue;
            if (new FileInfo(path) is not { LinkTarget: null, Length: <= Longest })
            {
                problems.Add(new EvidenceProblem("../" + name, "expected a plain file of at most 64 MB"));
                continue;
            }

            var found = File.ReadAllBytes(path);
            seen.Add(name);
            if (writer.Format == "json")
                Json(found, report, problems);
            else
                Text(writer, name, found, report, problems);
        }

        notes.Add(seen.Count == 0 ? "no report files beside the bundle" : $"report files compared: {string.Join(", ", seen)}");
    }

    private static void Json(byte[] found, RegressionReport report, List<EvidenceProblem> problems)
    {
        const string File = "../report.json";
        var expected = Encoding.UTF8.GetBytes(ReportJson.Write(report) + "\n");
        if (found.AsSpan().SequenceEqual(expected))
            return;
        try
        {
            var stated = EvidenceJson.Parse(found);
            var hasTexts = stated is JsonObject members && members.Remove(Texts);
            var differences = JsonDifferences.Of(EvidenceJson.Parse(expected), stated, File, "the evidence says").ToList();
            problems.AddRange(differences);
            if (differences.Count == 0 && !hasTexts)
                problems.Add(new EvidenceProblem(File, "the same values in another form: the file was rewritten"));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            problems.Add(new EvidenceProblem(File, "cannot be read as a report"));
        }
    }

    private static void Text(IReportWriter writer, string name, byte[] found, RegressionReport report, List<EvidenceProblem> problems)
    {
        using var stream = new MemoryStream();

        // The built-in writers never wait: they render in memory.
        writer.WriteAsync(report, stream, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        var expected = stream.ToArray();
        if (expected.AsSpan().SequenceEqual(found))
            return;
        var (left, right) = (Encoding.UTF8.GetString(expected).Split('\n'), Encoding.UTF8.GetString(found).Split('\n'));
        var line = Enumerable.Range(0, Math.Max(left.Length, right.Length)).First(i => i >= left.Length || i >= right.Length || left[i] != right[i] || i == Math.Max(left.Length, right.Length) - 1);
        problems.Add(new EvidenceProblem(string.Create(CultureInfo.InvariantCulture, $"../{name} line {line + 1}"), "not what the report says"));
    }
}
