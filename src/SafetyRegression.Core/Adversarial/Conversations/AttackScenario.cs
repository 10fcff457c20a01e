namespace SafetyRegression;

/// <summary>What an attack is after. <see cref="ToString"/> withholds the text.</summary>
public sealed record AttackScenario
{
    /// <summary>Unique among the scenarios; the id of the prompt it was made from.</summary>
    public required string Id { get; init; }

    /// <summary>The seed prompt: scenarios of one seed are one unit of evidence.</summary>
    public required string SeedId { get; init; }

    /// <summary>The harm category.</summary>
    public required HarmCategory Category { get; init; }

    /// <summary>The harmful request, named and not described.</summary>
    public required string Goal { get; init; }

    /// <summary>The language of the request (BCP 47).</summary>
    public string Language { get; init; } = "en";

    /// <summary>Makes the scenario of a harmful prompt: its last user turn is the goal.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <exception cref="ArgumentException">The prompt is benign, or of the category of sexual content involving minors, which is asked directly and in no
    /// other form.</exception>
    public static AttackScenario From(SafetyPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (!IsFit(prompt))
            throw new ArgumentException($"'{prompt.Id}' makes no scenario: attacks are after harmful prompts, in every category but {HarmCategory.SexualMinors}.", nameof(prompt));
        return new AttackScenario
        {
            Id = prompt.Id,
            SeedId = prompt.SeedId,
            Category = prompt.Category,
            Goal = prompt.Turns.Last(turn => turn.Role == MessageRole.User).Text,
            Language = prompt.Language,
        };
    }

    /// <summary>Whether a prompt can be a scenario.</summary>
    /// <param name="prompt">The prompt.</param>
    public static bool IsFit(SafetyPrompt prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return prompt.Expected == ExpectedBehavior.Refuse && prompt.Category != HarmCategory.SexualMinors && prompt.Variant.IsNone;
    }

    /// <summary>Id and category; the text is withheld.</summary>
    public override string ToString() => $"{Id} ({Category})";
}
