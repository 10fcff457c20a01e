using System.Collections.Immutable;
using System.Text;

namespace SafetyRegression.Adversarial;

/// <summary>
/// Loads the user's templates: <c>.txt</c> files (the whole file is one user message with <c>{prompt}</c> in it, the file's name is the template's),
/// <c>.json</c> files (one template) and <c>.jsonl</c> files (one template per line).
/// </summary>
public static class TemplateFiles
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Loads every template of a folder, in the order of the file names; folders inside it are left alone.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The templates.</returns>
    /// <exception cref="InvalidInputException">A file is not a template, or two templates have one id; every problem is listed with file, line and field.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static ImmutableArray<PromptTemplate> LoadFolder(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var problems = new List<InputProblem>();
        var found = new List<(string File, int Line, PromptTemplate Template)>();
        foreach (var path in Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal))
        {
            if (Path.GetExtension(path).ToUpperInvariant() is ".TXT" or ".JSON" or ".JSONL")
                found.AddRange(Read(path, problems).Select(pair => (path, pair.Line, pair.Template)));
        }

        if (found.Count == 0 && problems.Count == 0)
            problems.Add(new InputProblem(folder, 0, null, "expected at least one .txt, .json or .jsonl file with a template"));
        Finish(found, problems);
        return [.. found.Select(item => item.Template)];
    }

    /// <summary>Reads templates, one JSON object per line; empty lines are skipped.</summary>
    internal static ImmutableArray<PromptTemplate> ReadLines(string text, string file)
    {
        var problems = new List<InputProblem>();
        var found = Lines(text, file, problems).Select(pair => (file, pair.Line, pair.Template)).ToList();
        Finish(found, problems);
        return [.. found.Select(item => item.Template)];
    }

    private static IEnumerable<(int Line, PromptTemplate Template)> Read(string path, List<InputProblem> problems)
    {
        string text;
        try
        {
            text = _strict.GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            problems.Add(new InputProblem(path, 0, null, "expected UTF-8"));
            return [];
        }

        return Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JSONL" => Lines(text, path, problems),
            ".JSON" => new TemplateReader(path, 1, problems).Read(text) is { } template ? [(1, template)] : [],
            _ => Plain(text, path, problems),
        };
    }

    private static List<(int Line, PromptTemplate Template)> Lines(string text, string file, List<InputProblem> problems)
    {
        var found = new List<(int, PromptTemplate)>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && new TemplateReader(file, number, problems).Read(line) is { } template)
                found.Add((number, template));
        }

        return found;
    }

    private static List<(int Line, PromptTemplate Template)> Plain(string text, string path, List<InputProblem> problems)
    {
        var template = new PromptTemplate
        {
            Name = Path.GetFileNameWithoutExtension(path).ToLowerInvariant().Replace(' ', '-').Replace('_', '-'),
            Family = "own",
            Title = Path.GetFileName(path),
            Turns = [PromptMessage.User(text.TrimEnd('\r', '\n'))],
        };
        var wrong = TemplateRules.Check(template).Select(problem => new InputProblem(path, problem.Field == "turns" ? LineOf(text) : 0, problem.Field == "turns" ? null : problem.Field, problem.Expected)).ToList();
        problems.AddRange(wrong);
        return wrong.Count == 0 ? [(1, template)] : [];
    }

    /// <summary>The line of the second slot, or of the only one, or 1.</summary>
    private static int LineOf(string text)
    {
        var first = text.IndexOf(PromptTemplate.PromptSlot, StringComparison.Ordinal);
        var second = first < 0 ? -1 : text.IndexOf(PromptTemplate.PromptSlot, first + 1, StringComparison.Ordinal);
        return 1 + text.AsSpan(0, Math.Max(0, Math.Max(first, second))).Count('\n');
    }

    private static void Finish(List<(string File, int Line, PromptTemplate Template)> found, List<InputProblem> problems)
    {
        foreach (var same in found.GroupBy(item => item.Template.Name, StringComparer.Ordinal))
        {
            foreach (var again in same.Skip(1))
                problems.Add(new InputProblem(again.File, again.Line, "name", $"expected a name of its own; '{same.Key}' is also in {Path.GetFileName(same.First().File)}"));
        }

        if (problems.Count > 0)
            throw new InvalidInputException(problems);
    }
}
