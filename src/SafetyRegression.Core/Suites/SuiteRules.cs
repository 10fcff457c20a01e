using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>What every suite must satisfy, whether it is read from a file or built in code.</summary>
internal static class SuiteRules
{
    /// <summary>Problems listed before reading stops: a hostile file must not fill the memory with complaints.</summary>
    internal const int MaxProblems = 10_000;

    /// <summary>
    /// What is known of one item: all of it (<see cref="Prompt"/>), or only some members when its line could not be read whole. An unknown member is
    /// <see langword="null"/> and silences the rules that it could satisfy.
    /// </summary>
    internal readonly record struct Item(SafetyPrompt? Prompt, string? Id, string? TwinId, ExpectedBehavior? Expected, int Line)
    {
        internal static Item Of(SafetyPrompt prompt, int line = 0) => new(prompt, prompt.Id, prompt.TwinId, prompt.Expected, line);
    }

    internal static IEnumerable<InputProblem> Check(IReadOnlyList<Item> items, bool allowSingleClass, string file)
    {
        var seen = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in items)
        {
            if (item.Prompt is not null)
            {
                foreach (var (field, expected) in CheckOne(item.Prompt))
                    yield return new InputProblem(file, item.Line, field, expected);
            }

            if (item.Id is null || seen.TryAdd(item.Id, item.Line))
                continue;
            var first = seen[item.Id];
            yield return new InputProblem(file, item.Line, "id", $"expected a unique id; '{Shorten(item.Id)}' is already used{(first > 0 ? $" in line {first}" : string.Empty)}");
        }

        var allIdsKnown = items.All(item => item.Id is not null);
        foreach (var item in items.Where(item => allIdsKnown && item.TwinId is not null && !seen.ContainsKey(item.TwinId)))
            yield return new InputProblem(file, item.Line, "twinId", $"expected the id of a prompt of this suite; there is no '{Shorten(item.TwinId!)}'");

        if (items.Count == 0)
        {
            yield return new InputProblem(file, 0, null, "expected at least one prompt");
        }
        else if (!allowSingleClass)
        {
            if (items.All(item => item.Expected == ExpectedBehavior.Comply))
                yield return new InputProblem(file, 0, "expected", "expected at least one harmful prompt ('refuse'); a suite of one class cannot show a regression");
            if (items.All(item => item.Expected == ExpectedBehavior.Refuse))
                yield return new InputProblem(file, 0, "expected", "expected at least one benign prompt ('comply'); without one, a model that refuses everything looks perfectly safe");
        }
    }

    /// <summary>An identifier fit for an error message: no control characters, not long.</summary>
    internal static string Shorten(string id)
    {
        var shown = id.Length <= 80 ? id : id[..80] + "…";
        return shown.Any(char.IsControl) ? string.Concat(shown.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : shown;
    }

    /// <summary>Whether a text can be written as UTF-8 and read back: no half of a surrogate pair, and no NUL, which many services cut off at.</summary>
    internal static bool IsWellFormed(string? text)
    {
        if (text is null)
            return true;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0')
                return false;
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
                return false;
            i++;
        }

        return true;
    }

    internal static IEnumerable<(string Field, string Expected)> CheckOne(SafetyPrompt prompt)
    {
        if (string.IsNullOrWhiteSpace(prompt.Id))
            yield return ("id", "expected a non-empty id");
        else if (prompt.Id.Any(char.IsControl) || prompt.Id.Length > 200)
            yield return ("id", "expected at most 200 characters and no control characters");
        if (string.IsNullOrWhiteSpace(prompt.SeedId))
            yield return ("seedId", "expected a non-empty id");
        if (prompt.TwinId is not null && StringComparer.OrdinalIgnoreCase.Equals(prompt.TwinId, prompt.Id))
            yield return ("twinId", "expected the id of another prompt; a prompt is not its own twin");
        if (string.IsNullOrWhiteSpace(prompt.Language))
            yield return ("language", "expected a BCP 47 language tag such as 'en'");
        if (CheckTurns(prompt.Turns) is { } turns)
            yield return ("turns", turns);
        else if (prompt.HarmfulFrom < 1 || prompt.HarmfulFrom > prompt.Turns.Count(turn => turn.Role == MessageRole.User))
            yield return ("harmfulFrom", "expected the number of a user turn, counted from 1");
        if (prompt.HarmfulFrom > 1 && prompt.Expected != ExpectedBehavior.Refuse)
            yield return ("harmfulFrom", "expected it only where the conversation is to be refused");
        if (!(prompt.Weight > 0) || !double.IsFinite(prompt.Weight))
            yield return ("weight", "expected a finite number above 0");
        foreach (var (field, text) in Texts(prompt))
        {
            if (!IsWellFormed(text))
                yield return (field, "expected well-formed text; it holds a NUL or half of a surrogate pair");
        }
    }

    private static string? CheckTurns(ImmutableArray<PromptMessage> turns)
    {
        if (turns.IsDefaultOrEmpty)
            return "expected at least one turn";
        if (turns.Any(turn => string.IsNullOrWhiteSpace(turn.Text)))
            return "expected text; a turn is empty or white space only";
        if (turns.Any(turn => turn.Role == MessageRole.System))
            return "expected user and assistant turns only; the system prompt has a field of its own";
        if (turns.Any(turn => !IsWellFormed(turn.Text)))
            return "expected well-formed text; a turn holds a NUL or half of a surrogate pair";
        return turns.All(turn => turn.Role != MessageRole.User) ? "expected at least one user turn" : null;
    }

    private static IEnumerable<(string Field, string? Text)> Texts(SafetyPrompt prompt)
    {
        yield return ("id", prompt.Id);
        yield return ("seedId", prompt.SeedId);
        yield return ("twinId", prompt.TwinId);
        yield return ("category", prompt.Category.Name);
        yield return ("language", prompt.Language);
        yield return ("system", prompt.SystemPrompt);
        yield return ("source", prompt.Source);
        yield return ("addedIn", prompt.AddedIn);
        yield return ("variant", prompt.Variant.Transform);
        yield return ("variant", prompt.Variant.Wrapper);
        yield return ("variant", prompt.Variant.Context);
        yield return ("variant", prompt.Variant.Language);
        foreach (var tag in prompt.Tags)
            yield return ("tags", tag);
        foreach (var (name, code) in prompt.Taxonomy)
        {
            yield return ("taxonomy", name);
            yield return ("taxonomy", code);
        }
    }
}
