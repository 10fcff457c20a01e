using System.Collections.Immutable;
using System.Text.Json;

namespace SafetyRegression.Adversarial;

/// <summary>One template from JSON; every problem is noted with its field.</summary>
internal sealed class TemplateReader(string file, int line, List<InputProblem> problems)
{
    private static readonly JsonDocumentOptions _strict = new() { AllowDuplicateProperties = false };
    private static readonly string[] _fields = ["name", "version", "kind", "family", "title", "system", "slots", "turns"];

    internal PromptTemplate? Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, _strict);
            var before = problems.Count;
            var template = document.RootElement.ValueKind == JsonValueKind.Object ? Read(document.RootElement) : null;
            if (template is null)
                Problem(null, "expected a JSON object");
            return problems.Count == before ? template : null;
        }
        catch (JsonException e)
        {
            problems.Add(new InputProblem(file, line + (int)(e.LineNumber ?? 0), null, "expected valid JSON without repeated properties"));
            return null;
        }
    }

    private PromptTemplate Read(JsonElement root)
    {
        foreach (var property in root.EnumerateObject().Where(property => !_fields.Contains(property.Name, StringComparer.Ordinal)))
            Problem(property.Name, $"expected one of {string.Join(", ", _fields)}");
        var template = new PromptTemplate
        {
            Name = Text(root, "name", required: true) ?? string.Empty,
            Version = Version(root),
            Kind = Kind(root),
            Family = Text(root, "family", required: true) ?? string.Empty,
            Title = Text(root, "title", required: true) ?? string.Empty,
            System = Text(root, "system", required: false),
            Slots = Slots(root),
            Turns = Turns(root),
        };
        foreach (var (field, expected) in TemplateRules.Check(template))
            Problem(field, expected);
        return template;
    }

    private string? Text(JsonElement root, string field, bool required)
    {
        if (!root.TryGetProperty(field, out var value))
        {
            if (required)
                Problem(field, "expected a text; it is missing");
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
            return value.GetString();
        Problem(field, "expected a text");
        return null;
    }

    private int Version(JsonElement root)
    {
        if (!root.TryGetProperty("version", out var value))
            return 1;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var version) && version > 0)
            return version;
        Problem("version", "expected a whole number from 1");
        return 1;
    }

    private TemplateKind Kind(JsonElement root)
    {
        switch (Text(root, "kind", required: false))
        {
            case null or "framing":
                return TemplateKind.Framing;
            case "wrapper":
                return TemplateKind.Wrapper;
            case "context":
                return TemplateKind.Context;
            default:
                Problem("kind", "expected framing, wrapper or context");
                return TemplateKind.Framing;
        }
    }

    private ImmutableSortedDictionary<string, string> Slots(JsonElement root)
    {
        var slots = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!root.TryGetProperty("slots", out var value))
            return slots.ToImmutable();
        if (value.ValueKind != JsonValueKind.Object)
        {
            Problem("slots", "expected an object of names and texts");
            return slots.ToImmutable();
        }

        foreach (var slot in value.EnumerateObject())
        {
            if (slot.Value.ValueKind == JsonValueKind.String)
                slots[slot.Name] = slot.Value.GetString()!;
            else
                Problem($"slots.{slot.Name}", "expected a text");
        }

        return slots.ToImmutable();
    }

    private ImmutableArray<PromptMessage> Turns(JsonElement root)
    {
        if (!root.TryGetProperty("turns", out var value) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
        {
            Problem("turns", "expected a list of messages with role and text");
            return [];
        }

        var turns = ImmutableArray.CreateBuilder<PromptMessage>();
        foreach (var (turn, index) in value.EnumerateArray().Select((turn, index) => (turn, index)))
        {
            if (turn.ValueKind != JsonValueKind.Object || turn.EnumerateObject().Any(property => property.Name is not ("role" or "text")))
            {
                Problem($"turns[{index}]", "expected an object of role and text");
                continue;
            }

            var role = Text(turn, "role", required: true);
            var text = Text(turn, "text", required: true);
            if (role is "user" or "assistant")
                turns.Add(new PromptMessage(role == "user" ? MessageRole.User : MessageRole.Assistant, text ?? string.Empty));
            else if (role is not null)
                Problem($"turns[{index}].role", "expected user or assistant");
        }

        return turns.ToImmutable();
    }

    private void Problem(string? field, string expected) => problems.Add(new InputProblem(file, line, field, expected));
}
