using System.Text.RegularExpressions;

namespace SafetyRegression.Suites;

/// <summary>Reads one field of a map from rows; what cannot be read goes to the problems. Never quotes a cell.</summary>
internal sealed class FieldReader(DatasetField definition, string file, List<InputProblem> problems)
{
    private readonly Regex? _strip = definition.Strip is null ? null : new Regex(definition.Strip, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    internal DatasetField Field => definition;

    internal string? ColumnIn(DatasetRow row) => definition.Columns.FirstOrDefault(row.Has);

    /// <summary>The cell's values as the source has them; the field's default when there is no column or the cell is empty.</summary>
    internal List<string> Sources(DatasetRow row)
    {
        if (ColumnIn(row) is not { } column)
            return Default();
        var cell = row[column];
        if (cell.Problem is not null)
        {
            Add(row, column, cell.Problem);
            return [];
        }

        if (cell.IsEmpty)
            return Default();
        var values = cell.List.IsDefault ? Split(row, column, cell.Text!) : Trimmed(row, column, [.. cell.List]);
        foreach (var value in values.Where(value => !SuiteRules.IsWellFormed(value)))
        {
            Add(row, column, $"expected well-formed text; the cell holds {(value.Contains('\0', StringComparison.Ordinal) ? "a NUL" : "half of a surrogate pair")}");
            return [];
        }

        return values.Count == 0 ? Default() : values;
    }

    /// <summary>What a source value means: its translation, or itself when the field translates nothing; <see langword="null"/> when unknown.</summary>
    internal string? Meaning(string source)
    {
        var value = Stripped(source);
        if (definition.Values.IsEmpty || string.Equals(source, definition.Otherwise, StringComparison.Ordinal))
            return value;
        return definition.Values.GetValueOrDefault(DatasetField.Key(value));
    }

    internal string Stripped(string source) => _strip?.Replace(source, string.Empty, 1) ?? source;

    /// <summary>The first value's meaning.</summary>
    internal string? First(DatasetRow row) => Sources(row) is [var first, ..] ? Meaning(first) : null;

    internal void Add(DatasetRow row, string? column, string expected) =>
        problems.Add(new InputProblem(file, row.Line, column is null ? null : SuiteRules.Shorten(column), row.Line > 0 ? expected : FormattableString.Invariant($"row {row.Number}: {expected}")));

    private List<string> Default() => definition.Otherwise is null ? [] : [definition.Otherwise];

    private List<string> Split(DatasetRow row, string column, string text)
    {
        switch (definition.List)
        {
            case CellList.Comma:
                return [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];
            case CellList.Literal when text.AsSpan().TrimStart().StartsWith("["):
                if (ListLiteral.TryParse(text, out var list))
                    return Trimmed(row, column, [.. list]);
                Add(row, column, "expected a list such as ['a', 'b']; its quotes or brackets do not close");
                return [];
            default:
                return [text];
        }
    }

    /// <summary>Nothing at the end of a list is padding; nothing in the middle is damage.</summary>
    private List<string> Trimmed(DatasetRow row, string column, List<string?> list)
    {
        while (list.Count > 0 && list[^1] is null)
            list.RemoveAt(list.Count - 1);
        if (!list.Contains(null))
            return list.ConvertAll(item => item!);
        Add(row, column, "expected a list without gaps; an element before the last is null");
        return [];
    }
}
