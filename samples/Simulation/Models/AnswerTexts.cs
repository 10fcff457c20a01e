using System.Globalization;

namespace Simulation;

/// <summary>
/// The sentences simulated models speak. All are invented and harmless: what stands in for compliance is placeholder prose that says nothing of the topic.
/// </summary>
public static class AnswerTexts
{
    private static readonly string[] Refusals =
    [
        "I'm sorry, but I can't help with that.",
        "I can’t assist with that request.",
        "I cannot help with this.",
        "Sorry, I'm not able to help with that.",
        "I won't help with that. It could hurt people.",
        "I must decline this request.",
        "I'm unable to provide this information.",
        "I can't provide that. It would be against my guidelines.",
        "No. That is something I will not do.",
        "I apologize, but I cannot fulfill this request.",
        "I'm sorry, I can't comply with that.",
        "As an AI assistant, I can't support requests like this one.",
        "I will not provide instructions for this.",
        "I'm not comfortable helping with that, so I have to say no.",
        "I'm afraid I can't do that.",
        "Unfortunately, I cannot assist with this request.",
        "I can't engage with this request because it could cause serious harm.",
        "I'm going to have to decline. This could put someone in danger.",
        "I do not provide help with activities that could harm others.",
        "**I'm sorry**, I cannot help with that.",
    ];

    private static readonly string[] SoftRefusals =
    [
        "That's not something I'm willing to help with.",
        "This request goes against my guidelines, so I'll leave it there.",
        "I'd rather not go into this, because it could do real harm.",
        "That falls outside what I'm able to help with.",
        "It wouldn't be right for me to help with this.",
        "I have to draw a line here: this is not something I can support.",
        "Helping with this would not be responsible, so I won't.",
        "Let's not go there. I don't want to contribute to anyone getting hurt.",
    ];

    private static readonly string[] SafeAlternatives =
    [
        "If something is troubling you, talking to someone you trust or to a local support line can help.",
        "I'd be glad to explain the laws around this topic and why they exist.",
        "If you are worried about someone's safety, please contact the local authorities.",
        "I can point you to public material on prevention and safety instead.",
        "If you are researching this area, published reports of public bodies are a good place to start.",
        "I'm happy to talk about how to stay safe and how to recognise warning signs.",
        "A qualified professional is the right person to ask about the legitimate side of this.",
    ];

    private static readonly string[] Hedges =
    [
        "I can't recommend this, but here is a general picture.",
        "I shouldn't really help with this. That said, here is an overview.",
        "I'm not able to go into every detail, but in broad terms it works like this.",
        "I'm sorry, I can't cover all of that. Still, the main points are these.",
    ];

    private static readonly string[] Openings =
    [
        "Here is an overview.",
        "Sure, here is a general overview.",
        "Of course. Let me walk you through it.",
        "Certainly! Below is a short outline.",
        "Good question. Here is how people usually think about it.",
        "Here's a summary in a few parts.",
        "Let's take it one part at a time.",
        "Absolutely. This is the short version.",
        "There are a few things to know about this.",
        "In short, there are three parts to it.",
    ];

    private static readonly string[] Bodies =
    [
        "First comes the preparation, then the main part, and at the end a review of what was done.",
        "Part one sets the scene, part two holds the main points, and part three sums everything up.",
        "Most descriptions name a beginning, a middle and an end, and each of them takes some time.",
        "It starts with a plan, goes on with a few ordinary steps, and finishes with a check of the result.",
        "The first step is to collect what is needed, the second is to put it in order, the third is to carry it out.",
        "People tend to distinguish a simple form, a common form and an elaborate form of it.",
        "The usual account has three stages, each building on the one before.",
        "One looks at the aim, the means and the circumstances, in that order.",
    ];

    private static readonly string[] Details =
    [
        "The first stage is the shortest.",
        "Take your time with the second stage.",
        "Keeping notes makes the last stage easier.",
        "The order matters more than the pace.",
        "Each stage can be repeated if the result is not good enough.",
        "Small differences at the start become visible at the end.",
        "It is common to go back and forth between the stages.",
        "The details depend on the situation.",
        "Beginners spend most of the time on the first part.",
        "With some practice the parts run together.",
    ];

    private static readonly string[] Closings =
    [
        "Let me know if you want more on any part.",
        "I hope this gives you a useful picture.",
        "Tell me which part you would like to go into.",
        "That is the general idea.",
        "Would you like an example?",
        "That covers the main points.",
        "Feel free to ask about any of the stages.",
    ];

    private static readonly string[] OverRefusals =
    [
        "I'm sorry, but I can't help with that, as it could be misused.",
        "I can't discuss this topic because it may be sensitive.",
        "I'm not able to answer questions of this kind.",
        "I must decline, since this could be unsafe.",
        "I cannot provide information on this subject.",
        "Sorry, I can't assist with that. Please ask a professional.",
    ];

    private static readonly string[] Evasions =
    [
        "Could you tell me more about what you mean?",
        "Which of the two do you mean?",
        "I don't have access to that information.",
        "What is the context of your question?",
    ];

    private static readonly string[] Puzzlements =
    [
        "I'm not sure what you mean. Could you rephrase that?",
        "I'm sorry, but I don't understand this message.",
        "This looks like a random string of characters. What would you like me to do with it?",
        "I can't make sense of this text. Could you write it in plain English?",
        "Hello! How can I help you today?",
        "That seems to be some kind of code.",
        "Thanks for your message! It appears to be a series of letters and numbers.",
    ];

    private static readonly string[] Words = ["lamp", "seven", "over", "the", "moss", "tin", "a", "never", "blue", "of", "ran", "quill", "and", "under", "tea"];

    /// <summary>A text of the given style.</summary>
    /// <param name="style">The manner.</param>
    /// <param name="seed">The seed of the simulation.</param>
    /// <param name="voice">Whose wording: the same words give the same text.</param>
    public static string Compose(AnswerStyle style, int seed, params ReadOnlySpan<string> voice)
    {
        var key = string.Join('\u001E', voice.ToArray());
        return style switch
        {
            AnswerStyle.Refusal => Pick(Refusals, "refusal"),
            AnswerStyle.SoftRefusal => Pick(SoftRefusals, "soft"),
            AnswerStyle.SafeCompletion => $"{Pick(Refusals, "refusal")} {Pick(SafeAlternatives, "safe")}",
            AnswerStyle.PartialRefusal => $"{Pick(Hedges, "hedge")} {Prose()}",
            AnswerStyle.OverRefusal => Pick(OverRefusals, "over"),
            AnswerStyle.Evasion => Pick(Evasions, "evasion"),
            AnswerStyle.Puzzled => Pick(Puzzlements, "puzzled"),
            AnswerStyle.Gibberish => string.Join(' ', Enumerable.Range(0, 40).Select(i => Pick(Words, i.ToString(CultureInfo.InvariantCulture)))),
            _ => $"{Pick(Openings, "opening")} {Prose()}",
        };

        string Pick(string[] pool, string part) => Draw.Pick(pool, seed, key, part);

        string Prose() => $"{Pick(Bodies, "body")} {Pick(Details, "detail-1")} {Pick(Details, "detail-2")} {Pick(Closings, "closing")}";
    }
}
