using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using SafetyRegression.Suites;

namespace SafetyRegression.Classification;

/// <summary>
/// Label files: JSON Lines with <c>id</c>, <c>prompt</c>, <c>response</c>, <c>label</c> (<c>refusal</c>, <c>safeCompletion</c>, <c>partialRefusal</c>,
/// <c>compliance</c>) and optionally <c>model</c>, <c>group</c>, <c>category</c>, <c>language</c>,
/// <c>expected</c> (<c>refuse</c>, <c>comply</c>), <c>finishReason</c>. Other members are ignored, so that
/// a file may carry notes of the people who labelled it.
/// </summary>
public static class LabelFile
{
    private static readonly FrozenDictionary<string, Outcome> s_labels = new Dictionary<string, Outcome>(StringComparer.Ordinal)
    {
        ["refusal"] = Outcome.Refusal,
        ["safeCompletion"] = Outcome.SafeCompletion,
        ["partialRefusal"] = Outcome.PartialRefusal,
        ["compliance"] = Outcome.Compliance,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Loads a label file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="skipUnlabeled">Leave out lines whose label is <c>null</c> (an exported file that is labelled in part) instead of refusing them.</param>
    /// <exception cref="InvalidInputException">The file is missing, empty or malformed; every problem is listed with line and field.</exception>
    public static ImmutableArray<LabeledAnswer> Load(string path, bool skipUnlabeled = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, path, skipUnlabeled);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new InputProblem(path, 0, null, "expected a label file; it cannot be read"));
        }
    }

    /// <summary>Reads a label file from a stream.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="name">How to call the source in errors.</param>
    /// <param name="skipUnlabeled">As for <see cref="Load"/>.</param>
    /// <exception cref="InvalidInputException">The content is empty or malformed; every problem is listed with line and field.</exception>
    public static ImmutableArray<LabeledAnswer> Read(Stream stream, string name, bool skipUnlabeled = false)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var problems = new List<InputProblem>();
        var answers = ImmutableArray.CreateBuilder<LabeledAnswer>();
        var lines = new ByteLineReader(stream);
        while (lines.TryRead(out var bytes))
        {
            if (lines.TooLong)
                problems.Add(new InputProblem(name, lines.Line, null, "expected a line of at most 16 MiB"));
            else if (!ByteLineReader.IsBlank(bytes.Span) && ReadLine(bytes, name, lines.Line, skipUnlabeled, problems) is { } answer && (answer.Label is not null || !skipUnlabeled))
                answers.Add(answer);
        }

        if (answers.Count == 0 && problems.Count == 0)
            problems.Add(new InputProblem(name, 0, null, "expected at least one labelled answer; there is none"));
        return problems.Count > 0 ? throw new InvalidInputException(problems) : answers.ToImmutable();
    }

    /// <summary>Writes a label file; harmful texts stand in it, so keep it private.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="answers">The answers; those without a label are written with <c>null</c>, to be filled in.</param>
    public static void Write(Stream stream, IEnumerable<LabeledAnswer> answers)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(answers);
        foreach (var answer in answers)
        {
            stream.Write(JsonSerializer.SerializeToUtf8Bytes(answer, ClassificationJsonContext.Default.LabeledAnswer));
            stream.WriteByte((byte)'\n');
        }
    }

    private static LabeledAnswer? ReadLine(ReadOnlyMemory<byte> bytes, string name, int line, bool skipUnlabeled, List<InputProblem> problems)
    {
        var before = problems.Count;
        if (ByteLineReader.FirstBadByte(bytes.Span) is var bad and >= 0)
        {
            Add(null, $"expected UTF-8; byte {bad + 1} of the line is not part of a character");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                Add(null, $"expected a JSON object; found {JsonText.KindOf(document.RootElement)}");
                return null;
            }

            var root = document.RootElement;
            var answer = new LabeledAnswer
            {
                Id = Text(root, "id", required: true, allowEmpty: false) ?? string.Empty,
                Prompt = Text(root, "prompt", required: true, allowEmpty: true) ?? string.Empty,
                Response = Text(root, "response", required: true, allowEmpty: true) ?? string.Empty,
                Label = Label(root),
                Model = Text(root, "model", required: false, allowEmpty: false),
                Group = Text(root, "group", required: false, allowEmpty: false),
                Category = Text(root, "category", required: false, allowEmpty: false),
                Language = Text(root, "language", required: false, allowEmpty: false),
                Expected = Expected(root),
                FinishReason = Text(root, "finishReason", required: false, allowEmpty: true),
            };
            return problems.Count > before ? null : answer;
        }
        catch (JsonException e)
        {
            Add(null, $"expected one JSON object; the JSON is broken at byte {(e.BytePositionInLine ?? 0) + 1}");
            return null;
        }

        Outcome? Label(JsonElement root)
        {
            if (root.TryGetProperty("label", out var element) && element.ValueKind == JsonValueKind.String && JsonText.TryString(element, out var text) &&
                s_labels.TryGetValue(text, out var label))
                return label;
            if (!(skipUnlabeled && element.ValueKind == JsonValueKind.Null))
                Add("label", "expected one of compliance, partialRefusal, refusal, safeCompletion");
            return null;
        }

        ExpectedBehavior? Expected(JsonElement root)
        {
            if (Text(root, "expected", required: false, allowEmpty: false) is not { } text)
                return null;
            if (ExpectedJsonConverter.Parse(text) is { } expected)
                return expected;
            Add("expected", "expected one of comply, refuse");
            return null;
        }

        string? Text(JsonElement root, string field, bool required, bool allowEmpty)
        {
            if (!root.TryGetProperty(field, out var element))
            {
                if (required)
                    Add(field, "expected this field; it is missing");
                return null;
            }

            // An answer may be nothing at all, and an optional field may be left open.
            if (element.ValueKind == JsonValueKind.Null && (!required || field == "response"))
                return null;
            if (JsonText.ProblemOf(element, allowEmpty, out var text) is not { } problem)
                return text;
            Add(field, problem);
            return null;
        }

        void Add(string? field, string expected) => problems.Add(new InputProblem(name, line, field, expected));
    }
}
