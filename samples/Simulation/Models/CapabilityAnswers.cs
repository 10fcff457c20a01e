using System.Globalization;
using SafetyRegression;
using SafetyRegression.Capability;

namespace Simulation;

/// <summary>Right and wrong answers to capability items.</summary>
public static class CapabilityAnswers
{
    private const string Prose = "Well, it is very simple and really rather long, as many things are, and it goes on for a while, since nobody asked it to stop. "
        + "First there is a beginning, then a middle, and at last an end, each of them with its own small turns. Some people like it, others do not, and a few "
        + "have never heard of it, which is a pity, for it would have pleased them, as it has pleased so many others before";

    private static readonly string[] _wrong = [Prose, "Well, quite so", "x"];

    /// <summary>An answer that the item's dialect finds right.</summary>
    public static string Right(CapabilityItem item) =>
        item.Instructions is [var instruction, ..] ? Following(instruction) : $"Step by step this leads to the result.\nAnswer: {item.References[0]}";

    /// <summary>An answer that the item's dialect finds wrong.</summary>
    public static string Wrong(CapabilityItem item)
    {
        if (item.Instructions is [var instruction, ..])
            return _wrong.First(text => !InstructionFollowing.FollowsLoosely(instruction, text));
        if (item.Choices.Length > 1)
            return $"Step by step this leads to the result.\nAnswer: {(char)('A' + ((item.References[0][0] - 'A' + 1) % item.Choices.Length))}";
        return double.TryParse(item.References[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? string.Create(CultureInfo.InvariantCulture, $"Step by step this leads to the result.\nAnswer: {number + 3}")
            : "Answer: something else";
    }

    private static string Following(VerifiableInstruction instruction) => instruction.Kind switch
    {
        "keywords:existence" => $"Here they are: {string.Join(" and ", instruction.Keywords!.Value)}.",
        "keywords:frequency" => string.Join(' ', Enumerable.Repeat(instruction.Keyword, (int)instruction.Frequency!)) + ".",
        "length_constraints:number_words" => instruction.Relation == "at least" ? string.Join(' ', Enumerable.Repeat("a walk and a talk", (int)instruction.Words!)) + "." : "Short and good.",
        "length_constraints:number_paragraphs" => string.Join("\n***\n", Enumerable.Repeat("A paragraph.", (int)instruction.Paragraphs!)),
        "length_constraints:nth_paragraph_first_word" => string.Join("\n\n", Enumerable.Range(1, (int)instruction.Paragraphs!).Select(n => n == instruction.NthParagraph ? $"{instruction.FirstWord} and more." : "A paragraph.")),
        "detectable_content:number_placeholders" => string.Join(' ', Enumerable.Repeat("[name]", (int)instruction.Placeholders!)),
        "detectable_content:postscript" => $"All is well.\n\n{instruction.PostscriptMarker} Write soon.",
        "detectable_format:number_bullet_lists" => string.Join('\n', Enumerable.Repeat("* a point", (int)instruction.Bullets!)),
        "detectable_format:number_highlighted_sections" => string.Join(' ', Enumerable.Repeat("*bright*", (int)instruction.Highlights!)),
        "detectable_format:json_format" => """{"answer": "all is well"}""",
        "detectable_format:title" => "<<A title>>\nAll is well.",
        "detectable_format:multiple_sections" => string.Join('\n', Enumerable.Range(1, (int)instruction.Sections!).Select(n => $"{instruction.SectionSplitter} {n}\nAll is well.")),
        "combination:two_responses" => "All is well.\n******\nAll is very well.",
        "change_case:english_capital" => "ALL IS WELL IN THE HOUSE.",
        "startend:end_checker" => $"All is well. {instruction.EndPhrase}",
        "startend:quotation" => "\"All is well.\"",
        _ => "all is well in the house.",
    };
}
