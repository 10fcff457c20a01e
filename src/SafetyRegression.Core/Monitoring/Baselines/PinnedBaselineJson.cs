using System.Text;
using System.Text.Json;
using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>Reads and writes pinned baselines. What is read is whole and consistent, or refused with file, line and field.</summary>
public static class PinnedBaselineJson
{
    private const int Major = 1;

    /// <summary>The version that had no seal.</summary>
    private const string Unsealed = "1.0";

    /// <summary>Writes a baseline as indented JSON, stable under repetition, so that a version control system shows what changed.</summary>
    /// <param name="baseline">The baseline.</param>
    public static string Write(PinnedBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        var current = baseline with { SchemaVersion = PinnedBaseline.CurrentSchemaVersion };
        return Text(current with { Seal = PinnedBaselineSeal.Of(Encoding.UTF8.GetBytes(Text(current))) }) + "\n";
    }

    /// <summary>Reads a baseline file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">Not a whole and consistent baseline.</exception>
    public static PinnedBaseline Load(string path) => Read(File.ReadAllText(path), Path.GetFileName(path));

    /// <summary>Reads a baseline. Unknown members are accepted; a higher major version is refused.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="file">The name to show in errors.</param>
    /// <exception cref="InvalidInputException">Not a whole and consistent baseline.</exception>
    public static PinnedBaseline Read(string json, string file = "baseline.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        var utf8 = Encoding.UTF8.GetBytes(json);
        PinnedBaseline baseline;
        try
        {
            CheckVersion(utf8, file);
            baseline = StrictJson.Deserialize(utf8, MonitoringJsonContext.Default.PinnedBaseline)
                ?? throw new InvalidInputException(new InputProblem(file, 0, null, "expected a baseline; found null"));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new InputProblem(file, (int)((e.LineNumber ?? -1) + 1), e.Path, $"expected a baseline: {e.Message}"));
        }

        var problems = PinnedBaselineRules.Check(baseline, (field, expected) => new InputProblem(file, JsonPlace.LineOf(utf8, field), field, expected)).ToList();
        // What is wrong in itself has been named; the seal finds the rest.
        if (problems.Count == 0 && !IsSealRight(baseline, utf8))
            problems.Add(new InputProblem(file, JsonPlace.LineOf(utf8, "seal"), "seal", "expected the digest of the whole file: it was changed by hand. Restore it, or accept a run again"));
        return problems.Count == 0 ? baseline : throw new InvalidInputException(problems);
    }

    private static string Text(PinnedBaseline baseline) => JsonSerializer.Serialize(baseline, MonitoringJsonContext.Default.PinnedBaseline);

    private static bool IsSealRight(PinnedBaseline baseline, byte[] utf8) => baseline.Seal is null
        ? StringComparer.Ordinal.Equals(baseline.SchemaVersion, Unsealed)
        : StringComparer.Ordinal.Equals(baseline.Seal, PinnedBaselineSeal.Of(utf8));

    private static void CheckVersion(byte[] utf8, string file)
    {
        using var document = JsonDocument.Parse(utf8);
        var version = document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("schemaVersion", out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
        if (!int.TryParse(version?.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture, out var major))
            throw new InvalidInputException(new InputProblem(file, JsonPlace.LineOf(utf8, "schemaVersion"), "schemaVersion", "expected a baseline with a version such as \"1.0\""));
        if (major > Major)
            throw new InvalidInputException(new InputProblem(file, JsonPlace.LineOf(utf8, "schemaVersion"), "schemaVersion", $"expected at most version {Major}.x; found {major}. Update the library."));
    }
}
