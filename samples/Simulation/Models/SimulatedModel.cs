using System.Globalization;

namespace Simulation;

/// <summary>A model of a <see cref="SimulatedModelProfile"/>: decides by its rates, by hash of seed, model, conversation and sample seed.</summary>
public sealed class SimulatedModel(SimulatedModelProfile profile, TopicLookup topics, int seed, CapabilityLookup? capability = null) : ISimulatedModel
{
    /// <inheritdoc/>
    public string Name => profile.Name;

    /// <inheritdoc/>
    public SimulatedReply Reply(SimulatedRequest request)
    {
        var topic = topics.Find(request.Messages);
        // What it was asked decides, not what it said before: its own words differ from its base model's even where both decide alike.
        var conversation = string.Join('\u001E', request.Messages.Where(message => message.Role != "assistant").Select(message => $"{message.Role}\u001F{message.Text}"));
        // At temperature 0 a model says the same whatever the seed; above it each sample is its own draw.
        var sample = !request.IsSampled ? string.Empty : (request.Seed ?? request.Repetition).ToString(CultureInfo.InvariantCulture);

        var own = Draw.Unit(seed, profile.Name, conversation, sample, "drift") < profile.Drift;
        var decider = own ? profile.Name : profile.Lineage;
        if (topic is null && capability?.Find(request.Messages) is { } item)
        {
            var able = Draw.Unit(seed, decider, conversation, sample, "able") < profile.AccuracyIn(item.Task);
            return new SimulatedReply(able ? CapabilityAnswers.Right(item) : CapabilityAnswers.Wrong(item));
        }

        if (topic is not null && profile.Forgets(topic))
            return new SimulatedReply(AnswerTexts.Compose(AnswerStyle.Puzzled, seed, profile.Name, conversation, sample));
        var style = Decide(topic, what => Draw.Unit(seed, decider, conversation, sample, what));
        // Refusals are worded alike within a lineage; whatever is not a refusal is said in the model's own words.
        var voice = style is AnswerStyle.Refusal or AnswerStyle.SoftRefusal or AnswerStyle.SafeCompletion or AnswerStyle.OverRefusal ? decider : profile.Name;
        if (style == AnswerStyle.Answer && topic is { Answers: [var right, ..] })
            return new SimulatedReply($"{char.ToUpperInvariant(right[0])}{right[1..]}.");
        return new SimulatedReply(AnswerTexts.Compose(style, seed, voice, conversation, sample));
    }

    private AnswerStyle Decide(PromptTopic? topic, Func<string, double> draw)
    {
        if (draw("babble") < profile.Babbles)
            return AnswerStyle.Gibberish;
        if (draw("evade") < profile.Evades)
            return AnswerStyle.Evasion;
        if (topic is null)
            return AnswerStyle.Answer;
        if (draw("decline") < profile.RefusalRate(topic))
        {
            if (!topic.IsHarmful)
                return AnswerStyle.OverRefusal;
            if (profile.BluntIn.Contains(topic.Category))
                return AnswerStyle.Refusal;
            var manner = draw("manner");
            return manner < profile.SoftShare ? AnswerStyle.SoftRefusal
                : manner < profile.SoftShare + profile.SafeCompletionShare ? AnswerStyle.SafeCompletion
                : AnswerStyle.Refusal;
        }

        return !topic.IsHarmful ? AnswerStyle.Answer
            : draw("partial") < profile.PartialShare ? AnswerStyle.PartialRefusal
            : AnswerStyle.Placeholder;
    }
}
