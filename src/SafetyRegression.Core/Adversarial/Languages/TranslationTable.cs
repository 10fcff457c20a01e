using System.Collections.Immutable;
using SafetyRegression.Suites;

namespace SafetyRegression;

/// <summary>
/// Static translations of a suite's prompts: a file with a column per language (CSV, TSV, JSON, JSON Lines). The column <c>id</c> names the prompt; every
/// other column is called by a language tag; a column in the prompt's own language repeats its text and guards against another version of the suite.
/// Translations are frozen text: both models, and every later run, are asked the same.
/// </summary>
public sealed class TranslationTable
{
    private const string Id = "id";

    private readonly Dictionary<string, Row> _rows;
    private readonly string _file;

    private TranslationTable(string file, Dictionary<string, Row> rows)
    {
        (_file, _rows) = (file, rows);
        Languages = [.. rows.Values.SelectMany(row => row.Texts.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    private sealed record Row(int Line, ImmutableSortedDictionary<string, string> Texts);

    /// <summary>The languages that hold at least one text.</summary>
    public ImmutableArray<string> Languages { get; }

    /// <summary>The prompts that have a row.</summary>
    public int Count => _rows.Count;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file; its extension says how the rows are written.</param>
    /// <exception cref="InvalidInputException">The file is no such table; every problem is listed with its line and column.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TranslationTable Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads a stream, which stays open.</summary>
    /// <param name="stream">The bytes.</param>
    /// <param name="file">The name to show in errors; its extension says how the rows are written.</param>
    /// <exception cref="InvalidInputException">The stream is no such table; every problem is listed with its line and column.</exception>
    public static TranslationTable Read(Stream stream, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        var problems = new List<InputProblem>();
        var rows = new Dictionary<string, Row>(StringComparer.OrdinalIgnoreCase);
        var badColumns = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in DatasetImporter.Rows(stream, file, problems))
        {
            foreach (var column in row.Columns.Where(column => column != Id && !IsLanguage(column) && badColumns.Add(column)))
                problems.Add(new InputProblem(file, 1, SuiteRules.Shorten(column), "expected 'id' or the tag of a known language, such as 'sw' or 'zh-CN'"));
            if (!row.Has(Id))
            {
                problems.Add(new InputProblem(file, 1, Id, "expected a column 'id' that names the prompt"));
                break;
            }

            Take(row, file, rows, problems);
            if (problems.Count >= SuiteRules.MaxProblems)
                break;
        }

        if (rows.Count == 0 && problems.Count == 0)
            problems.Add(new InputProblem(file, 0, null, "expected at least one row with a translation"));
        return problems.Count == 0 ? new TranslationTable(file, rows) : throw new InvalidInputException(problems.OrderBy(problem => problem.Line == 0 ? int.MaxValue : problem.Line));
    }

    /// <summary>
    /// The translations as prompts, under the seed ids of what they translate, so that a prompt in several languages stays one unit of evidence.
    /// </summary>
    /// <param name="suite">The suite that was translated.</param>
    /// <param name="languages">The languages to take; all when empty.</param>
    /// <exception cref="InvalidInputException">A row translates no prompt of the suite, another version of it, one of several turns, or one of the category
    /// of sexual content involving minors, which is asked directly and in no other form.</exception>
    public ImmutableArray<SafetyPrompt> Of(SafetySuite suite, params IEnumerable<string> languages)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(languages);
        var wanted = languages.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var problems = new List<InputProblem>();
        foreach (var language in wanted.Where(language => !Languages.Contains(language, StringComparer.OrdinalIgnoreCase)))
            problems.Add(new InputProblem(_file, 1, SuiteRules.Shorten(language), "expected a column of this language"));
        var prompts = ImmutableArray.CreateBuilder<SafetyPrompt>();
        foreach (var (id, row) in _rows.OrderBy(row => row.Value.Line))
        {
            var prompt = suite.Find(id);
            if (Problem(prompt, row) is { } problem)
                problems.Add(new InputProblem(_file, row.Line, Id, problem));
            else
                prompts.AddRange(row.Texts.Where(text => text.Key != prompt!.Language && (wanted.Count == 0 || wanted.Contains(text.Key))).Select(text => Translated(prompt!, text.Key, text.Value)));
        }

        return problems.Count == 0 ? prompts.DrainToImmutable() : throw new InvalidInputException(problems);
    }

    /// <summary>A prompt in another language.</summary>
    internal static SafetyPrompt Translated(SafetyPrompt prompt, string language, string text) => prompt with
    {
        Id = $"{prompt.Id}~lang:{language}",
        SeedId = prompt.SeedId,
        TwinId = null,
        Language = language,
        Turns = [PromptMessage.User(text)],
        Variant = prompt.Variant with { Language = language },
    };

    private static string? Problem(SafetyPrompt? prompt, Row row) => prompt switch
    {
        null => "expected the id of a prompt of the suite",
        { Turns: not [{ Role: MessageRole.User }] } => "expected a prompt of one turn",
        _ when prompt.Category == HarmCategory.SexualMinors => $"expected no prompt of {prompt.Category}: it is asked directly and in no other form",
        _ when row.Texts.TryGetValue(prompt.Language, out var own) && !string.Equals(own.Trim(), prompt.Turns[0].Text.Trim(), StringComparison.Ordinal) =>
            $"expected the text of the suite in the column '{prompt.Language}'; this is the translation of another text",
        _ when row.Texts.FirstOrDefault(text => text.Key != prompt.Language && string.Equals(text.Value.Trim(), prompt.Turns[0].Text.Trim(), StringComparison.Ordinal)) is { Key: { } same } =>
            $"expected a translation in the column '{same}'; it holds the original",
        _ => null,
    };

    private static void Take(DatasetRow row, string file, Dictionary<string, Row> rows, List<InputProblem> problems)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var before = problems.Count;
        foreach (var column in row.Columns)
        {
            var cell = row[column];
            if (cell.Problem is not null)
                problems.Add(new InputProblem(file, row.Line, SuiteRules.Shorten(column), cell.Problem));
            else if (!cell.List.IsDefaultOrEmpty)
                problems.Add(new InputProblem(file, row.Line, SuiteRules.Shorten(column), "expected a text; found a list"));
            else if (!SuiteRules.IsWellFormed(cell.Text))
                problems.Add(new InputProblem(file, row.Line, SuiteRules.Shorten(column), "expected well-formed text; it holds a NUL or half of a surrogate pair"));
            else if (column != Id && !cell.IsEmpty && IsLanguage(column))
                texts[column] = cell.Text!;
        }

        var id = row[Id].Text?.Trim();
        if (string.IsNullOrEmpty(id))
            problems.Add(new InputProblem(file, row.Line, Id, "expected the id of a prompt; it is empty"));
        else if (texts.Count == 0 && problems.Count == before)
            problems.Add(new InputProblem(file, row.Line, null, "expected a text in at least one language"));
        else if (!rows.TryAdd(id, new Row(row.Line, texts.ToImmutable())))
            problems.Add(new InputProblem(file, row.Line, Id, $"expected each prompt once; '{SuiteRules.Shorten(id)}' is already in line {rows[id].Line}"));
    }

    private static bool IsLanguage(string column) => KnownLanguages.IsTag(column) && KnownLanguages.Find(column).Tier != ResourceTier.Unknown;
}
