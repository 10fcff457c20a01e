using System.Globalization;

namespace SafetyRegression.Adversarial;

/// <summary>What every template must satisfy, wherever it comes from.</summary>
internal static class TemplateRules
{
    internal static IEnumerable<(string Field, string Expected)> Check(PromptTemplate template)
    {
        if (template.Name.Length is 0 or > 60 || !template.Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            yield return ("name", "expected 1–60 lower-case letters, digits and hyphens");
        if (string.IsNullOrWhiteSpace(template.Family))
            yield return ("family", "expected a name");
        foreach (var name in template.Slots.Keys.Where(name => name is "prompt" || name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')))
            yield return ($"slots.{name}", "expected a name of letters, digits and hyphens other than 'prompt'");
        foreach (var name in template.Slots.Where(slot => slot.Value.Contains(PromptTemplate.PromptSlot, StringComparison.Ordinal)).Select(slot => slot.Key))
            yield return ($"slots.{name}", "expected words without a slot in them");
        if (template.Turns.IsDefaultOrEmpty)
        {
            yield return ("turns", "expected at least one message");
            yield break;
        }

        var places = template.Turns.Sum(turn => Count(turn.Text)) + Count(template.System ?? string.Empty);
        if (places != 1)
            yield return ("turns", string.Create(CultureInfo.InvariantCulture, $"expected the slot {PromptTemplate.PromptSlot} exactly once; it is there {places} times"));
        else if (!template.Turns.Any(turn => turn.Role == MessageRole.User && Count(turn.Text) == 1))
            yield return ("turns", $"expected the slot {PromptTemplate.PromptSlot} in a message of the user");
        if (template.Turns.Any(turn => string.IsNullOrWhiteSpace(turn.Text)))
            yield return ("turns", "expected text; a message is empty or white space only");
    }

    private static int Count(string text) => text.Split(PromptTemplate.PromptSlot).Length - 1;
}
