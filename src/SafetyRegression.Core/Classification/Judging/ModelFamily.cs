using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>
/// The family of a model, read from its id: models of one maker or one base model share blind spots, and a judge favours its own kind. Guard models and
/// distilled models belong to the model they were made from.
/// </summary>
public static class ModelFamily
{
    // The first match counts: a distilled model before its teacher, a guard model by its base.
    private static readonly ImmutableArray<(string Part, string Family)> s_parts =
    [
        ("distill-llama", "llama"), ("distill-qwen", "qwen"), ("wildguard", "mistral"), ("harmbench", "llama"), ("shieldgemma", "gemini"),
        ("gpt", "gpt"), ("chatgpt", "gpt"), ("davinci", "gpt"), ("claude", "claude"), ("llama", "llama"), ("vicuna", "llama"), ("tulu", "llama"), ("nemotron", "llama"), ("hermes", "llama"),
        ("mistral", "mistral"), ("mixtral", "mistral"), ("ministral", "mistral"), ("magistral", "mistral"), ("codestral", "mistral"), ("zephyr", "mistral"),
        ("gemini", "gemini"), ("gemma", "gemini"), ("qwen", "qwen"), ("qwq", "qwen"), ("deepseek", "deepseek"), ("phi-", "phi"), ("phi3", "phi"), ("phi4", "phi"),
        ("granite", "granite"), ("command-", "command"), ("aya", "command"), ("yi-", "yi"), ("grok", "grok"), ("nova-", "nova"), ("titan", "nova"), ("glm", "glm"), ("kimi", "kimi"), ("moonshot", "kimi"),
        ("olmo", "olmo"), ("falcon", "falcon"), ("smollm", "smollm"), ("minimax", "minimax"), ("internlm", "internlm"), ("jamba", "jamba"), ("ernie", "ernie"),
    ];

    /// <summary>The family.</summary>
    /// <param name="model">A model id, such as <c>ft:gpt-4o-mini:org::id</c> or <c>meta-llama/Llama-3.1-8B-Instruct</c>.</param>
    /// <returns>The family, or <see langword="null"/> when the id gives none away.</returns>
    public static string? Of(string model)
    {
        ArgumentNullException.ThrowIfNull(model);
        foreach (var (part, family) in s_parts)
        {
            if (Contains(model, part))
                return family;
        }

        // o1, o3, o4-mini and their kind.
        var name = model[(model.LastIndexOf('/') + 1)..];
        name = name.StartsWith("ft:", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return name.Length > 1 && name[0] is 'o' or 'O' && name.Length > 1 && char.IsAsciiDigit(name[1]) && (name.Length == 2 || name[2] is '-' or ':') ? "gpt" : null;
    }

    /// <summary>Refuses a judge of the family of a judged model.</summary>
    /// <param name="judges">The judges' model ids.</param>
    /// <param name="judged">The model ids of the arms.</param>
    /// <param name="allowSameFamily">The host insists; a warning takes the place of the error.</param>
    /// <returns>Warnings for the report: families that are the same (when allowed) or not known. Empty when all is well.</returns>
    /// <exception cref="SameFamilyJudgeException">A judge is of the family of a judged model, and that was not allowed.</exception>
    public static ImmutableArray<string> Check(IEnumerable<string> judges, IEnumerable<string> judged, bool allowSameFamily = false)
    {
        ArgumentNullException.ThrowIfNull(judges);
        ArgumentNullException.ThrowIfNull(judged);
        var arms = judged.Distinct(StringComparer.Ordinal).ToList();
        var warnings = ImmutableArray.CreateBuilder<string>();
        foreach (var judge in judges.Distinct(StringComparer.Ordinal))
        {
            foreach (var arm in arms)
            {
                if (Same(judge, arm) is not { } same)
                    warnings.Add(Unknown(judge, arm));
                else if (same && !allowSameFamily)
                    throw new SameFamilyJudgeException(judge, arm);
                else if (same)
                    warnings.Add($"Judge {judge} is of the family of the judged model {arm}: allowed by the host, and likely to share its blind spots.");
            }
        }

        return [.. warnings.Distinct(StringComparer.Ordinal)];
    }

    private static string Unknown(string judge, string arm) => Of(judge) is null
        ? $"The model family of {judge} is not known: whether this judge judges its own kind cannot be told."
        : $"The model family of {arm} is not known: whether judge {judge} judges its own kind cannot be told.";

    private static bool? Same(string judge, string arm)
    {
        if (judge.Equals(arm, StringComparison.OrdinalIgnoreCase))
            return true;
        return Of(judge) is { } first && Of(arm) is { } second ? first == second : null;
    }

    /// <summary>Whether a name contains a part that begins at a word: "aya" is no part of "malaya".</summary>
    private static bool Contains(string model, string part)
    {
        for (var at = model.IndexOf(part, StringComparison.OrdinalIgnoreCase); at >= 0; at = model.IndexOf(part, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if (at == 0 || !char.IsAsciiLetter(model[at - 1]) || part.Length > 4)
                return true;
        }

        return false;
    }
}
