using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafetyRegression.Monitoring;

/// <summary>Fills a template: strings are filled, never glued into JSON, so no value can leave its string.</summary>
internal sealed partial class WebhookTemplate
{
    private readonly WebhookEscape _escape;
    private readonly IReadOnlyDictionary<string, string> _values;
    private readonly IReadOnlyList<(string Title, string Value)> _facts;

    private WebhookTemplate(SafetyAlert alert, string? key, WebhookEscape escape)
    {
        _escape = escape;
        _facts = [.. AlertWords.Facts(alert)];
        _values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["title"] = AlertWords.Title(alert),
            ["summary"] = AlertWords.Summary(alert),
            ["severity"] = alert.Severity?.ToString().ToLowerInvariant() ?? "info",
            ["action"] = alert.Severity is null ? "resolve" : "trigger",
            ["dedup"] = alert.DedupKey,
            ["id"] = alert.Id,
            ["time"] = alert.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["lineage"] = alert.Lineage.ToString(),
            ["suite"] = alert.Suite.ToString(),
            ["candidate"] = alert.Candidate.ToString(),
            ["report"] = alert.Report?.AbsoluteUri ?? string.Empty,
            ["evidence"] = alert.EvidenceHead ?? string.Empty,
            ["key"] = key ?? string.Empty,
        };
    }

    internal static byte[] Render(string template, SafetyAlert alert, string? key, WebhookEscape escape)
    {
        var filler = new WebhookTemplate(alert, key, escape);
        var node = JsonNode.Parse(template) ?? throw new ArgumentException("A template is a JSON object.", nameof(template));
        return Encoding.UTF8.GetBytes(filler.Fill(node, fact: null)?.ToJsonString() ?? "null");
    }

    private JsonNode? Fill(JsonNode? node, (string Title, string Value)? fact) => node switch
    {
        JsonObject given => FillObject(given, fact),
        JsonArray given => new JsonArray([.. given.SelectMany(item => FillItem(item, fact))]),
        JsonValue given when given.TryGetValue<string>(out var text) => JsonValue.Create(FillText(text, fact)),
        _ => node?.DeepClone(),
    };

    private JsonObject FillObject(JsonObject given, (string Title, string Value)? fact)
    {
        var filled = new JsonObject();
        if (given.ContainsKey("$map"))
        {
            foreach (var (title, value) in _facts)
                filled[title] = value;
            return filled;
        }

        foreach (var (name, value) in given)
        {
            // "$schema" and the like are members of the receiver's form.
            if (name is "$each" or "$if" || IsAbsent(value))
                continue;
            filled[name] = Fill(value, fact);
        }

        return filled;
    }

    private IEnumerable<JsonNode?> FillItem(JsonNode? item, (string Title, string Value)? fact)
    {
        if (IsAbsent(item))
            return [];
        return item is JsonObject given && given.ContainsKey("$each") ? _facts.Select(each => (JsonNode?)FillObject(given, each)) : [Fill(item, fact)];
    }

    private bool IsAbsent(JsonNode? node) => node is JsonObject given && given["$if"]?.GetValue<string>() is { } name && string.IsNullOrEmpty(_values.GetValueOrDefault(name));

    private string FillText(string text, (string Title, string Value)? fact) => Token().Replace(text, match =>
    {
        var name = match.Groups["name"].Value;
        var value = name switch
        {
            "fact" => fact?.Title,
            "value" => fact?.Value,
            _ => _values.GetValueOrDefault(name),
        };
        if (value is null)
            return match.Value;
        // An address and a key are no prose: markup rules would break them.
        var escaped = name is "report" or "key" ? value : Escaped(value);
        return match.Groups["longest"].Success ? Cut(escaped, int.Parse(match.Groups["longest"].Value, CultureInfo.InvariantCulture)) : escaped;
    });

    private string Escaped(string text) => _escape switch
    {
        WebhookEscape.Slack => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
        WebhookEscape.Markdown => Markup().Replace(text, @"\$0"),
        _ => text,
    };

    /// <summary>Cuts at a whole character.</summary>
    private static string Cut(string text, int longest)
    {
        if (text.Length <= longest)
            return text;
        var cut = new StringBuilder(longest);
        foreach (var rune in text.EnumerateRunes())
        {
            if (cut.Length + rune.Utf16SequenceLength > longest - 1)
                break;
            cut.Append(rune.ToString());
        }

        return cut.Append('…').ToString();
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)(:(?<longest>\d{1,6}))?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    [GeneratedRegex(@"[\\`*_\[\]~|<>#@]", RegexOptions.None, 1000)]
    private static partial Regex Markup();
}
