using System.Text;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>Calibration reports as JSON.</summary>
public static class CalibrationFile
{
    /// <summary>The report as indented JSON.</summary>
    /// <param name="report">The report.</param>
    public static string Write(CalibrationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return JsonSerializer.Serialize(report, CalibrationJsonContext.Default.CalibrationReport);
    }

    /// <summary>Reads a report.</summary>
    /// <param name="json">What <see cref="Write"/> gave.</param>
    /// <param name="name">How to call the source in errors.</param>
    /// <exception cref="InvalidInputException">Not a calibration report.</exception>
    public static CalibrationReport Read(string json, string name)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        try
        {
            return StrictJson.Deserialize(Encoding.UTF8.GetBytes(json), CalibrationJsonContext.Default.CalibrationReport)
                ?? throw new InvalidInputException(new InputProblem(name, 0, null, "expected a calibration report, found null"));
        }
        catch (JsonException e)
        {
            throw new InvalidInputException(new InputProblem(name, (int)(e.LineNumber ?? 0) + 1, e.Path, "expected a calibration report"));
        }
    }
}
