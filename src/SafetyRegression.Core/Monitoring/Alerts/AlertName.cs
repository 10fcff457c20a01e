using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// A name in an alert: of a lineage, suite, model or category, as people gave it. One line of at most 80 characters without control, format or private-use
/// characters; whatever else is in a string does not fit through.
/// </summary>
[JsonConverter(typeof(Monitoring.AlertNameJsonConverter))]
public readonly record struct AlertName
{
    /// <summary>The longest name.</summary>
    public const int MaxLength = 80;

    private readonly string? _text;

    private AlertName(string text) => _text = text;

    /// <summary>Makes a name of a string: controls become spaces, invisible characters go, the rest is cut at a whole character.</summary>
    /// <param name="text">The string.</param>
    public static AlertName Of(string? text)
    {
        var name = new StringBuilder(MaxLength);
        foreach (var rune in (text ?? string.Empty).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate || rune == Rune.ReplacementChar)
                continue;
            var isSpace = category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator;
            if (isSpace && (name.Length == 0 || name[^1] == ' '))
                continue;
            if (name.Length + (isSpace ? 1 : rune.Utf16SequenceLength) > MaxLength)
                break;
            name.Append(isSpace ? " " : rune.ToString());
        }

        return new AlertName(name.ToString().TrimEnd());
    }

    /// <summary>The name; <c>–</c> when there is none.</summary>
    public override string ToString() => string.IsNullOrEmpty(_text) ? "–" : _text;
}
