using System.Collections.Immutable;

namespace SafetyRegression.Suites;

/// <summary>
/// Reads datasets through column maps (<see cref="DatasetCatalog"/> holds those of well-known ones). Strict: a missing column, a row of the wrong width,
/// broken quoting, bad UTF-8, a NUL, an empty prompt, an unknown polarity, one id for two texts, answers where prompts should be — every problem is
/// listed and nothing is taken over. What is left out on purpose is counted in the report.
/// </summary>
public static class DatasetImporter
{
    /// <summary>Reads a file whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="map">How its columns become prompts.</param>
    /// <param name="options">Limits, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidInputException">The file is not what the map says; every problem is listed.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static DatasetImport Import(string path, DatasetMap map, DatasetImportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        return Import(stream, path, map, options);
    }

    /// <summary>Reads a stream whole. The stream stays open.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="file">The name to show in errors; its extension gives the layout unless the map does.</param>
    /// <param name="map">How its columns become prompts.</param>
    /// <param name="options">Limits, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="InvalidInputException">The file is not what the map says; every problem is listed.</exception>
    public static DatasetImport Import(Stream stream, string file, DatasetMap map, DatasetImportOptions? options = null)
    {
        DatasetImportReport? report = null;
        var items = Stream(stream, file, map, done => report = done, options).ToImmutableArray();
        return new DatasetImport { Items = items, Report = report! };
    }

    /// <summary>
    /// Reads a stream row by row, for files larger than the memory. What is remembered is two hashes per row, to tell duplicates. Problems are thrown when
    /// the stream has been read to its end, so keep nothing of what was given before <paramref name="completed"/> was called.
    /// </summary>
    /// <param name="stream">The bytes; stays open.</param>
    /// <param name="file">The name to show in errors; its extension gives the layout unless the map does.</param>
    /// <param name="map">How its columns become prompts.</param>
    /// <param name="completed">Called once with the report, when all rows were read and there was no problem.</param>
    /// <param name="options">Limits, or <see langword="null"/> for the defaults.</param>
    /// <returns>The items, as they are read.</returns>
    /// <exception cref="InvalidInputException">Thrown at the end of the enumeration: the file is not what the map says; every problem is listed.</exception>
    public static IEnumerable<DatasetItem> Stream(Stream stream, string file, DatasetMap map, Action<DatasetImportReport> completed, DatasetImportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(completed);
        return Iterate(stream, file, map, completed, options ?? new DatasetImportOptions());
    }

    /// <summary>The rows of a file with a header, without any map.</summary>
    internal static IEnumerable<DatasetRow> Rows(Stream stream, string file, List<InputProblem> problems) =>
        Rows(stream, file, new DatasetMap { Name = "rows", Title = "rows", Prompt = new DatasetField(), Expected = new DatasetField(), Category = new DatasetField() }, new DatasetImportOptions(), problems);

    private static IEnumerable<DatasetItem> Iterate(Stream stream, string file, DatasetMap map, Action<DatasetImportReport> completed, DatasetImportOptions options)
    {
        using var hashing = new HashingStream(stream);
        var problems = new List<InputProblem>();
        var session = new ImportSession(map, file, problems);
        foreach (var row in Rows(hashing, file, map, options, problems))
        {
            foreach (var item in session.Read(row))
                yield return item;
            if (problems.Count >= SuiteRules.MaxProblems)
            {
                problems.Add(new InputProblem(file, row.Line, null, "too many problems; the rest of the file was not read"));
                break;
            }
        }

        var sha256 = hashing.Finish();
        session.Finish();
        if (problems.Count > 0)
            throw new InvalidInputException(problems.OrderBy(problem => problem.Line == 0 ? int.MaxValue : problem.Line));
        completed(session.Report(sha256));
    }

    private static IEnumerable<DatasetRow> Rows(Stream stream, string file, DatasetMap map, DatasetImportOptions options, List<InputProblem> problems)
    {
        var layout = map.Layout == DatasetLayout.ByExtension ? LayoutOf(file) : map.Layout;
        switch (layout)
        {
            case DatasetLayout.Csv:
                return CsvRows.Read(stream, file, map, map.Separator ?? ',', options, problems);
            case DatasetLayout.Tsv:
                return CsvRows.Read(stream, file, map, map.Separator ?? '\t', options, problems);
            case DatasetLayout.Json:
                return JsonRows.ReadWhole(stream, file, options, problems);
            case DatasetLayout.JsonLines:
                return JsonRows.ReadLines(stream, file, options, problems);
            default:
                problems.Add(new InputProblem(file, 0, null, "expected .csv, .tsv, .json or .jsonl; for other files state the layout (a Parquet or archive file has to be exported first)"));
                return [];
        }
    }

    private static DatasetLayout LayoutOf(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".CSV" => DatasetLayout.Csv,
        ".TSV" => DatasetLayout.Tsv,
        ".JSON" => DatasetLayout.Json,
        ".JSONL" or ".NDJSON" => DatasetLayout.JsonLines,
        _ => DatasetLayout.ByExtension,
    };
}
