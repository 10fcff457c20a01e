using System.Collections.Immutable;
using System.Text.Json;
using SafetyRegression.Suites;

namespace SafetyRegression;

/// <summary>
/// Answers produced elsewhere, one JSON object per line: <c>id</c>, <c>sample</c> (0-based, default 0), <c>response</c>, optional <c>label</c>
/// (<c>refusal</c>, <c>safeCompletion</c>, <c>partialRefusal</c>, <c>compliance</c>), <c>finishReason</c>, <c>model</c>. A <c>finishReason</c> of <c>error</c> says that the call
/// failed: the outcome is <see cref="Outcome.Failed"/>, whatever <c>response</c> holds, and there can be no label. Every prompt of the suite must be
/// answered equally often; a missing or duplicate (id, sample) is an error, because pairs that vanish silently are how regressions hide.
/// </summary>
public sealed class RecordedAnswers
{
    private RecordedAnswers(ImmutableArray<ModelAnswer> answers, int samplesPerPrompt, string? model)
    {
        Answers = answers;
        SamplesPerPrompt = samplesPerPrompt;
        Model = model;
    }

    /// <summary>The answers, in the order of the suite's prompts and samples.</summary>
    public ImmutableArray<ModelAnswer> Answers { get; }

    /// <summary>Answers per prompt.</summary>
    public int SamplesPerPrompt { get; }

    /// <summary>The model named in the file, when it names one and only one.</summary>
    public string? Model { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="suite">The suite that was answered.</param>
    /// <param name="arm">The arm the answers are for.</param>
    /// <exception cref="InvalidInputException">Lists every problem with file, line and field; nothing is loaded.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedAnswers Load(string path, SafetySuite suite, Arm arm)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        return Read(stream, suite, arm, Path.GetFileName(path));
    }

    /// <summary>Reads a stream.</summary>
    /// <param name="stream">UTF-8 JSON Lines; left open.</param>
    /// <param name="suite">The suite that was answered.</param>
    /// <param name="arm">The arm the answers are for.</param>
    /// <param name="file">The name to show in errors.</param>
    /// <exception cref="InvalidInputException">Lists every problem with file, line and field; nothing is loaded.</exception>
    public static RecordedAnswers Read(Stream stream, SafetySuite suite, Arm arm, string file)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(suite);
        var problems = new List<InputProblem>();
        var answers = ReadLines(stream, suite, arm, file, problems);
        if (problems.Count > 0)
            throw new InvalidInputException(problems);
        var samples = SamplesOf(answers);
        var models = answers.Values.Select(pair => pair.Answer.Model).Distinct(StringComparer.Ordinal).Take(2).ToList();
        return new RecordedAnswers(
            [.. suite.Prompts.SelectMany(prompt => Enumerable.Range(0, samples).Select(sample => answers[(prompt.Id, sample)].Answer))],
            samples,
            models.Count == 1 ? models[0] : null);
    }

    /// <summary>Everything wrong with a file, without loading it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="suite">The suite that was answered; when <see langword="null"/>, only what one line shows is checked.</param>
    /// <returns>The problems; empty when the file can be loaded.</returns>
    public static ImmutableArray<InputProblem> Check(string path, SafetySuite? suite)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        using var stream = File.OpenRead(path);
        var problems = new List<InputProblem>();
        ReadLines(stream, suite, Arm.Baseline, Path.GetFileName(path), problems);
        return [.. problems];
    }

    private static int SamplesOf(Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)> answers) =>
        answers.Count == 0 ? 1 : answers.Keys.Max(key => key.Sample) + 1;

    private static Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)> ReadLines(
        Stream stream, SafetySuite? suite, Arm arm, string file, List<InputProblem> problems)
    {
        var answers = new Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)>();
        var claimed = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lines = new ByteLineReader(stream);
        while (problems.Count < SuiteRules.MaxProblems && lines.TryRead(out var bytes))
        {
            if (lines.TooLong)
            {
                problems.Add(new InputProblem(file, lines.Line, null, "expected a line of at most 16 MiB"));
                continue;
            }

            if (ByteLineReader.IsBlank(bytes.Span))
                continue;
            var reader = new RecordedAnswerReader(file, lines.Line, problems);
            if (reader.Read(bytes, arm) is { } answer)
                Add(answer, suite, answers, file, lines.Line, problems);
            else if (reader.Id is not null)
                claimed.Add(reader.Id);
        }

        // A file that was not read to its end has nothing to say about what it lacks.
        if (problems.Count >= SuiteRules.MaxProblems)
            problems.Add(new InputProblem(file, lines.Line, null, "too many problems; the rest of the file was not read"));
        else if (suite is not null)
            RecordedAnswerCounts.Check(suite, answers, claimed, file, problems);
        return answers;
    }

    private static void Add(
        ModelAnswer answer, SafetySuite? suite, Dictionary<(string Id, int Sample), (ModelAnswer Answer, int Line)> answers, string file, int line, List<InputProblem> problems)
    {
        var id = suite is null ? answer.ItemId : suite.Find(answer.ItemId)?.Id;
        if (id is null)
            problems.Add(new InputProblem(file, line, "id", $"expected the id of a prompt of the suite; there is no '{SuiteRules.Shorten(answer.ItemId)}'"));
        else if (!answers.TryAdd((id, answer.Sample), (answer with { ItemId = id }, line)))
            problems.Add(new InputProblem(file, line, "id", $"expected one answer per (id, sample); '{SuiteRules.Shorten(id)}' sample {answer.Sample} is already given in line {answers[(id, answer.Sample)].Line}"));
    }
}
