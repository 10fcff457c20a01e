using System.Collections.Immutable;
using System.Text.Json;

namespace SafetyRegression.Suites;

/// <summary>Reads one line of a JSON Lines suite; every problem goes to the list, with the line and the field, never with a prompt's text.</summary>
internal sealed class PromptJsonReader(string file, int line, List<InputProblem> problems)
{
    private static readonly string[] _known =
    [
        "id", "category", "expected", "prompt", "turns", "difficulty", "seedId", "twinId", "language", "system", "tags", "source", "taxonomy", "addedIn",
        "weight", "variant", "harmfulFrom",
    ];

    private static readonly JsonDocumentOptions _options = new() { MaxDepth = 16 };

    /// <summary>Reads the line. The item's prompt is <see langword="null"/> when there was a problem.</summary>
    internal SuiteRules.Item Read(ReadOnlyMemory<byte> bytes)
    {
        var bad = ByteLineReader.FirstBadByte(bytes.Span);
        if (bad >= 0)
        {
            Add(null, bytes.Span.IndexOfAny((byte)0xFF, (byte)0xFE) is 0 or 1
                ? "expected UTF-8; the line looks like UTF-16"
                : $"expected UTF-8; byte {bad + 1} of the line is not part of a character");
            return default(SuiteRules.Item) with { Line = line };
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, _options);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return ReadObject(document.RootElement);
            Add(null, $"expected a JSON object; found {JsonText.KindOf(document.RootElement)}");
        }
        catch (JsonException e)
        {
            Add(null, $"expected one JSON object; the JSON is broken at byte {(e.BytePositionInLine ?? 0) + 1}");
        }

        return default(SuiteRules.Item) with { Line = line };
    }

    private SuiteRules.Item ReadObject(JsonElement root)
    {
        var before = problems.Count;
        var members = Members(root, null, _known);
        var id = Text(members, "id", required: true);
        var twinId = Text(members, "twinId");
        var expected = Choice(members, "expected", PromptJsonNames.Expectations, required: true);
        var category = Category(members);
        var turns = Turns(members);
        var difficulty = Choice(members, "difficulty", PromptJsonNames.Difficulties);
        var prompt = new SafetyPrompt
        {
            Id = id ?? string.Empty,
            Category = category,
            Expected = expected ?? default,
            Turns = turns,
            HarmfulFrom = HarmfulFrom(members),
            Difficulty = difficulty ?? Difficulty.Unspecified,
            TwinId = twinId,
            SystemPrompt = Text(members, "system", allowEmpty: true),
            Language = Text(members, "language") ?? "en",
            Tags = Tags(members),
            Source = Text(members, "source"),
            Taxonomy = Taxonomy(members),
            AddedIn = Text(members, "addedIn"),
            Weight = Weight(members),
            Variant = Variant(members),
        };
        if (Text(members, "seedId") is { } seed)
            prompt = prompt with { SeedId = seed };

        // A dangling twin is reported when the whole file is known; here only whether the line could be read.
        return new SuiteRules.Item(problems.Count == before ? prompt : null, id, twinId, expected, line);
    }

    /// <summary>The members of an object by name; unknown and doubled ones are problems.</summary>
    private Dictionary<string, JsonElement> Members(JsonElement element, string? parent, string[]? known)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (!JsonText.TryName(property, out var name))
            {
                Add(parent, "expected well-formed member names; one holds half of a surrogate pair");
                continue;
            }

            var field = SuiteRules.Shorten(parent is null ? name : $"{parent}.{name}");
            if (known is not null && !known.Contains(name, StringComparer.Ordinal))
                Add(field, $"expected one of the known fields ({string.Join(", ", known)}); this one is unknown");
            else if (!members.TryAdd(name, property.Value))
                Add(field, "expected the field once; it is given twice");
        }

        return members;
    }

    private string? Text(Dictionary<string, JsonElement> members, string field, bool required = false, bool allowEmpty = false)
    {
        if (members.TryGetValue(field, out var element))
            return Text(element, field, allowEmpty);
        if (required)
            Add(field, "expected this field; it is missing");
        return null;
    }

    private string? Text(JsonElement element, string field, bool allowEmpty = false)
    {
        if (JsonText.ProblemOf(element, allowEmpty, out var text) is not { } problem)
            return text;
        Add(field, problem);
        return null;
    }

    private T? Choice<T>(Dictionary<string, JsonElement> members, string field, (string Name, T Value)[] choices, bool required = false)
        where T : struct, Enum
    {
        if (Text(members, field, required) is not { } text)
            return null;
        foreach (var (name, value) in choices)
        {
            if (string.Equals(name, text, StringComparison.Ordinal))
                return value;
        }

        Add(field, $"expected {string.Join(" or ", choices.Select(choice => $"'{choice.Name}'"))}; found '{SuiteRules.Shorten(text)}'");
        return null;
    }

    private HarmCategory Category(Dictionary<string, JsonElement> members)
    {
        if (Text(members, "category", required: true) is not { } text)
            return default;
        HarmCategory category;
        try
        {
            category = new HarmCategory(text);
        }
        catch (ArgumentException)
        {
            Add("category", "expected 1–100 characters without control characters");
            return default;
        }

        if (!string.Equals(category.Name, text, StringComparison.Ordinal))
            Add("category", "expected a name without white space around it");
        else if (HarmCategory.WellKnown.FirstOrDefault(known => known == category) is var known && known == category && !string.Equals(known.Name, text, StringComparison.Ordinal))
            Add("category", $"expected '{known.Name}', spelt exactly so; found '{SuiteRules.Shorten(text)}'");
        return category;
    }

    private ImmutableArray<PromptMessage> Turns(Dictionary<string, JsonElement> members)
    {
        if (members.TryGetValue("prompt", out var prompt))
        {
            if (members.ContainsKey("turns"))
                Add("turns", "expected 'prompt' or 'turns', not both");
            return Text(prompt, "prompt") is { } text ? [PromptMessage.User(text)] : [];
        }

        if (!members.TryGetValue("turns", out var turns))
        {
            Add("turns", "expected 'prompt' or 'turns'; both are missing");
            return [];
        }

        if (turns.ValueKind != JsonValueKind.Array || turns.GetArrayLength() == 0)
        {
            Add("turns", $"expected an array of at least one turn; found {JsonText.KindOf(turns)}");
            return [];
        }

        var messages = ImmutableArray.CreateBuilder<PromptMessage>();
        var index = 0;
        foreach (var turn in turns.EnumerateArray())
        {
            if (Turn(turn, $"turns[{index++}]") is { } message)
                messages.Add(message);
        }

        return messages.ToImmutable();
    }

    private PromptMessage? Turn(JsonElement turn, string field)
    {
        if (turn.ValueKind == JsonValueKind.String)
            return Text(turn, field) is { } plain ? PromptMessage.User(plain) : null;
        if (turn.ValueKind != JsonValueKind.Object)
        {
            Add(field, $"expected a string or an object of 'role' and 'text'; found {JsonText.KindOf(turn)}");
            return null;
        }

        var parts = Members(turn, field, ["role", "text"]).ToDictionary(pair => $"{field}.{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        var role = Choice(parts, $"{field}.role", PromptJsonNames.Roles, required: true);
        var text = Text(parts, $"{field}.text", required: true);
        return role is { } speaker && text is not null ? new PromptMessage(speaker, text) : null;
    }

    private ImmutableArray<string> Tags(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("tags", out var tags))
            return [];
        if (tags.ValueKind == JsonValueKind.Array)
            return [.. tags.EnumerateArray().Select((tag, index) => Text(tag, $"tags[{index}]")).OfType<string>()];
        Add("tags", $"expected an array of strings; found {JsonText.KindOf(tags)}");
        return [];
    }

    private ImmutableSortedDictionary<string, string> Taxonomy(Dictionary<string, JsonElement> members)
    {
        var codes = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (!members.TryGetValue("taxonomy", out var taxonomy))
            return ImmutableSortedDictionary<string, string>.Empty;
        if (taxonomy.ValueKind != JsonValueKind.Object)
            Add("taxonomy", $"expected an object of taxonomy names and codes; found {JsonText.KindOf(taxonomy)}");
        else
        {
            foreach (var (name, code) in Members(taxonomy, "taxonomy", null))
            {
                if (Text(code, SuiteRules.Shorten($"taxonomy.{name}")) is { } text)
                    codes.Add(name, text);
            }
        }

        return codes.ToImmutable();
    }

    private double Weight(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("weight", out var weight))
            return 1;
        if (weight.ValueKind == JsonValueKind.Number && weight.TryGetDouble(out var value) && value > 0 && double.IsFinite(value))
            return value;
        Add("weight", $"expected a finite number above 0; found {(weight.ValueKind == JsonValueKind.Number ? "another number" : JsonText.KindOf(weight))}");
        return 1;
    }

    private int HarmfulFrom(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("harmfulFrom", out var element))
            return 1;
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out var turn) && turn >= 1)
            return turn;
        Add("harmfulFrom", $"expected the number of a user turn, counted from 1; found {(element.ValueKind == JsonValueKind.Number ? "another number" : JsonText.KindOf(element))}");
        return 1;
    }

    private PromptVariant Variant(Dictionary<string, JsonElement> members)
    {
        if (!members.TryGetValue("variant", out var variant))
            return PromptVariant.None;
        if (variant.ValueKind != JsonValueKind.Object)
        {
            Add("variant", $"expected an object; found {JsonText.KindOf(variant)}");
            return PromptVariant.None;
        }

        var axes = Members(variant, "variant", ["transform", "wrapper", "context", "language"])
            .ToDictionary(pair => $"variant.{pair.Key}", pair => pair.Value, StringComparer.Ordinal);
        return new PromptVariant
        {
            Transform = Text(axes, "variant.transform"),
            Wrapper = Text(axes, "variant.wrapper"),
            Context = Text(axes, "variant.context"),
            Language = Text(axes, "variant.language"),
        };
    }

    private void Add(string? field, string expected) => problems.Add(new InputProblem(file, line, field, expected));
}
