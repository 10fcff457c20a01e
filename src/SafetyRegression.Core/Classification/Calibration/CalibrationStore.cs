namespace SafetyRegression.Classification;

/// <summary>
/// Calibration reports in a folder, one file for each classifier, named after its fingerprint: model, rubric, options and all else that decides a verdict.
/// A changed classifier finds nothing, which means uncalibrated and never "without error".
/// </summary>
/// <param name="folder">The folder; made when something is saved.</param>
public sealed class CalibrationStore(string folder)
{
    /// <summary>Saves a report in place of an earlier one of the same classifier.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The file.</returns>
    public string Save(CalibrationReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var path = PathOf(report.Classifier);
        Directory.CreateDirectory(folder);

        // A reader sees the old file or the new one, never half of one.
        var draft = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Environment.CurrentManagedThreadId}");
        File.WriteAllText(draft, CalibrationFile.Write(report));
        File.Move(draft, path, overwrite: true);
        return path;
    }

    /// <summary>The report of a classifier.</summary>
    /// <param name="classifier">Who was measured.</param>
    /// <returns>The report, or <see langword="null"/> when this very classifier was never measured here.</returns>
    /// <exception cref="InvalidInputException">The file is no calibration report, or that of another classifier.</exception>
    public CalibrationReport? Find(ClassifierIdentity classifier)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        var path = PathOf(classifier);
        if (!File.Exists(path))
            return null;
        var report = CalibrationFile.Read(File.ReadAllText(path), path);
        return string.Equals(report.Classifier.Fingerprint, classifier.Fingerprint, StringComparison.Ordinal)
            ? report
            : throw new InvalidInputException(new InputProblem(path, 0, "classifier.fingerprint", $"expected the calibration of {classifier.Name} ({classifier.Fingerprint}); found that of {report.Classifier.Name}"));
    }

    /// <summary>A fingerprint may be anything a host chose; a file name may not.</summary>
    private string PathOf(ClassifierIdentity classifier) => Path.Combine(folder, FileName(classifier.Fingerprint) + ".json");

    private static string FileName(string fingerprint) =>
        fingerprint.Length is > 0 and <= 64 && fingerprint.All(char.IsAsciiHexDigitLower)
            ? fingerprint
            : Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(fingerprint)));
}
