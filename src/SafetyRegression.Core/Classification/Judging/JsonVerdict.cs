using System.Text;
using System.Text.Json;

namespace SafetyRegression.Classification;

/// <summary>Finds the one JSON object of a reply that answers this call. Everything ambiguous is unreadable.</summary>
internal static class JsonVerdict
{
    /// <summary>A verdict is short; a reply beyond this many characters is not one.</summary>
    private const int Longest = 32_768;

    private static readonly JsonReaderOptions s_reader = new() { CommentHandling = JsonCommentHandling.Disallow, MaxDepth = 8 };

    /// <summary>Reads the object.</summary>
    /// <param name="text">The final channel of the reply.</param>
    /// <param name="nonce">The nonce it must echo in <c>id</c>.</param>
    /// <param name="member">The member that makes an object a verdict.</param>
    /// <param name="read">Reads the members of the one object.</param>
    /// <param name="unreadable">Makes the result of a reply that cannot be read, from a code.</param>
    /// <typeparam name="T">What is read.</typeparam>
    public static T Read<T>(string text, string nonce, string member, Func<JsonElement, T> read, Func<string, T> unreadable)
    {
        if (string.IsNullOrWhiteSpace(text))
            return unreadable("empty-reply");
        if (text.Length > Longest)
            return unreadable("long-reply");
        var bytes = Encoding.UTF8.GetBytes(text);
        var verdicts = new List<JsonDocument>();
        try
        {
            for (var at = 0; bytes.AsSpan(at).IndexOf((byte)'{') is var step and >= 0;)
            {
                at += step;
                var reader = new Utf8JsonReader(bytes.AsSpan(at), isFinalBlock: false, new JsonReaderState(s_reader));
                if (!JsonDocument.TryParseValue(ref reader, out var document))
                    return unreadable("invalid-json");
                at += (int)reader.BytesConsumed;
                verdicts.Add(document);
            }

            return Only(verdicts, nonce, member, read, unreadable);
        }
        catch (JsonException)
        {
            return unreadable("invalid-json");
        }
        finally
        {
            verdicts.ForEach(static document => document.Dispose());
        }
    }

    /// <summary>A short code of lower-case letters, digits and hyphens; anything else the judge wrote there is not kept, for it may quote the answer.</summary>
    /// <param name="root">The verdict.</param>
    /// <param name="member">The member.</param>
    public static string Code(JsonElement root, string member)
    {
        var code = root.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : string.Empty;
        return code.Length is > 0 and <= 32 && code.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_') ? code : "no-code";
    }

    /// <summary>A number from 0 to 1.</summary>
    /// <param name="root">The verdict.</param>
    /// <param name="member">The member.</param>
    /// <param name="value">The number, <see langword="null"/> when there is none.</param>
    /// <returns>Whether it is absent or in range.</returns>
    public static bool TryFraction(JsonElement root, string member, out double? value)
    {
        value = null;
        if (!root.TryGetProperty(member, out var element) || element.ValueKind == JsonValueKind.Null)
            return true;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetDouble(out var number) || number is not (>= 0 and <= 1))
            return false;
        value = number;
        return true;
    }

    private static T Only<T>(List<JsonDocument> documents, string nonce, string member, Func<JsonElement, T> read, Func<string, T> unreadable)
    {
        var found = documents.Where(document => document.RootElement.TryGetProperty(member, out _)).ToList();
        if (found.Count != 1)
            return unreadable(found.Count == 0 ? "no-verdict" : "two-verdicts");
        var root = found[0].RootElement;
        if (root.EnumerateObject().GroupBy(static property => property.Name, StringComparer.OrdinalIgnoreCase).Any(static group => group.Skip(1).Any()))
            return unreadable("two-verdicts");
        if (!root.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
            return unreadable("no-nonce");
        return id.ValueEquals(nonce) ? read(root) : unreadable("wrong-nonce");
    }
}
