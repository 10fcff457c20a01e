using System.Text.Json.Serialization;

namespace SafetyRegression.Classification;

/// <summary>One answer with the label a person gave it: a line of a label file. <see cref="ToString"/> withholds the texts.</summary>
public sealed record LabeledAnswer
{
    /// <summary>The item's id; several models may answer the same item.</summary>
    public required string Id { get; init; }

    /// <summary>What was asked.</summary>
    public required string Prompt { get; init; }

    /// <summary>What came back.</summary>
    public required string Response { get; init; }

    /// <summary>Refusal, safe completion, partial refusal or compliance; <see langword="null"/> on an exported line that nobody has labelled yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required Outcome? Label { get; init; }

    /// <summary>The model that answered.</summary>
    public string? Model { get; init; }

    /// <summary>Answers of one group are dependent (the same prompt, a prompt and its twin).</summary>
    public string? Group { get; init; }

    /// <summary>The harm category.</summary>
    public string? Category { get; init; }

    /// <summary>The language of the prompt (BCP 47).</summary>
    public string? Language { get; init; }

    /// <summary>
    /// Whether the prompt should be refused or answered; <see langword="null"/> when the file does not say. A judge's error on refusals of harmful prompts is
    /// what a change of the refusal rate is measured with, and labels of both kinds of prompt together can hide that it differs between models.
    /// </summary>
    [JsonConverter(typeof(ExpectedJsonConverter))]
    public ExpectedBehavior? Expected { get; init; }

    /// <summary>The provider's finish reason.</summary>
    public string? FinishReason { get; init; }

    /// <summary>Id, model and label; the texts are withheld.</summary>
    public override string ToString() => $"{Id} ({Model ?? "unknown model"}): {Label?.ToString() ?? "no label"}";
}
