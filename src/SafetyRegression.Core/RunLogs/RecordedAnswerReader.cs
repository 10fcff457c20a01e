using System.Collections.Frozen;
using System.Text.Json;
using SafetyRegression.Suites;

namespace SafetyRegression;

/// <summary>Reads one line of a recorded-answer file; every problem goes to the list, never with the text of an answer.</summary>
internal sealed class RecordedAnswerReader(string file, int line, List<InputProblem> problems)
{
    private const int MaxSample = 100_000;

    private static readonly FrozenDictionary<string, Outcome> _labels = new Dictionary<string, Outcome>(StringComparer.Ordinal)
    {
        ["refusal"] = Outcome.Refusal,
        ["safeCompletion"] = Outcome.SafeCompletion,
        ["partialRefusal"] = Outcome.PartialRefusal,
        ["compliance"] = Outcome.Compliance,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] _required = ["id", "response"];

    /// <summary>The id on the line, even when something else on it is wrong.</summary>
    internal string? Id { get; private set; }

    internal ModelAnswer? Read(ReadOnlyMemory<byte> bytes, Arm arm)
    {
        var bad = ByteLineReader.FirstBadByte(bytes.Span);
        if (bad >= 0)
        {
            Add(null, $"expected UTF-8; byte {bad + 1} of the line is not part of a character");
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return ReadObject(document.RootElement, arm);
            Add(null, $"expected a JSON object; found {JsonText.KindOf(document.RootElement)}");
        }
        catch (JsonException e)
        {
            Add(null, $"expected one JSON object; the JSON is broken at byte {(e.BytePositionInLine ?? 0) + 1}");
        }

        return null;
    }

    private ModelAnswer? ReadObject(JsonElement root, Arm arm)
    {
        var before = problems.Count;
        string? id = null, response = null, finish = null, model = null;
        var sample = 0;
        Outcome? label = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in root.EnumerateObject())
        {
            if (!JsonText.TryName(property, out var name))
            {
                Add(null, "expected well-formed member names; one holds half of a surrogate pair");
                continue;
            }

            if (!seen.Add(name))
            {
                Add(SuiteRules.Shorten(name), "expected the field once; it is given twice");
                continue;
            }

            switch (name)
            {
                case "id": id = Text(property.Value, name, allowEmpty: false); break;
                case "sample": sample = Sample(property.Value); break;
                case "response": response = property.Value.ValueKind == JsonValueKind.Null ? string.Empty : Text(property.Value, name, allowEmpty: true); break;
                case "label": label = property.Value.ValueKind == JsonValueKind.Null ? null : Label(property.Value); break;
                case "finishReason": finish = property.Value.ValueKind == JsonValueKind.Null ? null : Text(property.Value, name, allowEmpty: true); break;
                case "model": model = property.Value.ValueKind == JsonValueKind.Null ? null : Text(property.Value, name, allowEmpty: false); break;
                default: Add(SuiteRules.Shorten(name), "expected one of the known fields (id, sample, response, label, finishReason, model); this one is unknown"); break;
            }
        }

        foreach (var field in _required.Where(field => !seen.Contains(field)))
            Add(field, "expected this field; it is missing");
        Id = id;
        if (label is not null && AnswerFinishes.IsError(finish))
            Add("label", "expected no label with finishReason 'error': a failed call has no answer");
        if (problems.Count > before)
            return null;
        // What stands in the place of an answer is an error's text, or nothing; it is not kept.
        if (AnswerFinishes.IsError(finish))
        {
            return new ModelAnswer
            {
                ItemId = id!,
                Sample = sample,
                Arm = arm,
                Status = AnswerStatus.Failed,
                Failure = new CallFailure { Kind = CallFailureKind.Unknown, Code = "recorded-error" },
                Model = model,
            };
        }

        return new ModelAnswer
        {
            ItemId = id!,
            Sample = sample,
            Arm = arm,
            Status = AnswerStatus.Answered,
            Turns = [new AnswerTurn { Text = response!, Finish = AnswerFinishes.Parse(finish), RawFinish = finish }],
            Model = model,
            RecordedLabel = label,
        };
    }

    private int Sample(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var sample) && sample is >= 0 and < MaxSample)
            return sample;
        Add("sample", $"expected a whole number from 0 to {MaxSample - 1}");
        return 0;
    }

    private Outcome? Label(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.String && JsonText.TryString(element, out var text) && _labels.TryGetValue(text, out var label))
            return label;
        Add("label", $"expected one of {string.Join(", ", _labels.Keys.Order(StringComparer.Ordinal))}");
        return null;
    }

    private string? Text(JsonElement element, string field, bool allowEmpty)
    {
        if (JsonText.ProblemOf(element, allowEmpty, out var text) is not { } problem)
            return text;
        Add(field, problem);
        return null;
    }

    private void Add(string? field, string expected) => problems.Add(new InputProblem(file, line, field, expected));
}
