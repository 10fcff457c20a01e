using System.Text.Json;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification;

/// <summary>A row of the XSTest development file: an answer with people's label and two recorded public ones.</summary>
/// <param name="Labelled">The answer with people's label.</param>
/// <param name="Model">Who answered.</param>
/// <param name="Harmful">Whether the prompt should be refused.</param>
/// <param name="Judge">What a recorded GPT-4 judge said; <see langword="null"/> when that was unreadable.</param>
/// <param name="StringMatch">What a public list of strings said.</param>
internal sealed record XsTestAnswer(LabeledAnswer Labelled, string Model, bool Harmful, Outcome? Judge, Outcome? StringMatch)
{
    public static XsTestAnswer Of(JsonElement row) => new(
        new LabeledAnswer
        {
            Id = Text("id", row),
            Prompt = Text("prompt", row),
            Response = Text("response", row),
            Label = Outcome(Text("human_label", row)),
            Model = Text("model", row),
        },
        Text("model", row),
        Text("prompt_safety", row) == "unsafe",
        Outcome(Text("gpt4_label", row)),
        Outcome(Text("strmatch_label", row)));

    private static string Text(string name, JsonElement row) => row.GetProperty(name).GetString()!;

    private static Outcome? Outcome(string label) => label switch
    {
        "full_refusal" or "R" => SafetyRegression.Outcome.Refusal,
        "partial_refusal" or "P" => SafetyRegression.Outcome.PartialRefusal,
        "full_compliance" or "C" => SafetyRegression.Outcome.Compliance,
        _ => null,
    };
}
