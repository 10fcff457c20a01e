using System.Text;
using System.Text.Json;
using SafetyRegression.Analysis;

namespace SafetyRegression;

/// <summary>Reads and writes noise floors as JSON.</summary>
public static class NoiseFloorJson
{
    /// <summary>Writes a noise floor as indented JSON.</summary>
    /// <param name="floor">The noise floor.</param>
    public static string Write(NoiseFloor floor)
    {
        ArgumentNullException.ThrowIfNull(floor);
        return JsonSerializer.Serialize(floor, NoiseFloorJsonContext.Default.NoiseFloor) + "\n";
    }

    /// <summary>Reads a noise floor.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="file">The name to show in errors.</param>
    /// <exception cref="InvalidInputException">Not a noise floor, one of a version this library does not know, or numbers out of range.</exception>
    public static NoiseFloor Read(string json, string file = "noise-floor.json")
    {
        ArgumentNullException.ThrowIfNull(json);
        NoiseFloor? floor;
        try
        {
            floor = StrictJson.Deserialize(Encoding.UTF8.GetBytes(json), NoiseFloorJsonContext.Default.NoiseFloor);
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new InputProblem(file, (int)((e.LineNumber ?? -1) + 1), e.Path, $"expected a noise floor: {e.Message}"));
        }

        if (floor is null)
            throw new InvalidInputException(new InputProblem(file, 0, null, "expected a noise floor; found null"));
        var problems = Problems(floor, file).ToList();
        return problems.Count == 0 ? floor : throw new InvalidInputException(problems);
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidInputException">Not a noise floor, one of a version this library does not know, or numbers out of range.</exception>
    public static NoiseFloor Load(string path) => Read(File.ReadAllText(path), Path.GetFileName(path));

    private static IEnumerable<InputProblem> Problems(NoiseFloor floor, string file)
    {
        if (!int.TryParse(floor.SchemaVersion?.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture, out var major) || major != 1)
            yield return new InputProblem(file, 0, "schemaVersion", $"expected version 1.x; found {floor.SchemaVersion}");
        if (floor.Runs < 2)
            yield return new InputProblem(file, 0, "runs", "expected at least 2");
        if (floor.Target is null || floor.Outcomes is null || floor.Generation is null || floor.Harmful is null || floor.Benign is null || floor.Categories.IsDefault || floor.Warnings.IsDefault)
        {
            yield return new InputProblem(file, 0, null, "expected every member to have a value");
            yield break;
        }

        foreach (var group in floor.Categories.Append(floor.Harmful).Append(floor.Benign))
        {
            if (!(group.FlipRate is >= 0 and <= 1) || group.RatesByRun.IsDefault || group.RatesByRun.Any(rate => !(rate is >= 0 and <= 1)) || !(group.QPValue is >= 0 and <= 1))
                yield return new InputProblem(file, 0, group.Id, "expected rates and p-values between 0 and 1");
            if (!group.RatesByRun.IsDefaultOrEmpty && group.RatesByRun.Length != floor.Runs)
                yield return new InputProblem(file, 0, group.Id, $"expected {floor.Runs} run rates; found {group.RatesByRun.Length}");
        }

        if (floor.Categories.Any(group => group.Category is null))
            yield return new InputProblem(file, 0, "categories", "expected a category in every group");
    }
}
