using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace SafetyRegression.Suites;

/// <summary>Strings out of JSON that may be hostile: an escape that is half of a surrogate pair is well-formed JSON, but no text.</summary>
internal static class JsonText
{
    internal static bool TryString(JsonElement element, [NotNullWhen(true)] out string? text) => Try(element.GetString, out text);

    internal static bool TryName(JsonProperty property, [NotNullWhen(true)] out string? name) => Try(() => property.Name, out name);

    /// <summary>The kind of a value in words, without its content.</summary>
    internal static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => element.GetArrayLength() == 0 ? "an empty array" : "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
        _ => "null",
    };

    private static bool Try(Func<string?> read, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = read();
        }
        catch (InvalidOperationException)
        {
            text = null;
        }

        return text is not null;
    }

    /// <summary>What keeps an element from being text, in words for an error message; <see langword="null"/> when it is text.</summary>
    /// <param name="element">The element.</param>
    /// <param name="allowEmpty">Whether nothing but white space is text too.</param>
    /// <param name="text">The text, when there is no problem.</param>
    internal static string? ProblemOf(JsonElement element, bool allowEmpty, out string? text)
    {
        text = null;
        if (element.ValueKind != JsonValueKind.String)
            return $"expected a string; found {KindOf(element)}";
        if (!TryString(element, out var found))
            return "expected well-formed text; an escape is half of a surrogate pair";
        if (!allowEmpty && string.IsNullOrWhiteSpace(found))
            return "expected text; it is empty or white space only";
        text = found;
        return null;
    }
}
