using System.Collections.Immutable;
using SafetyRegression;

namespace Simulation;

/// <summary>How a simulated model behaves, as rates. It says nothing of how its answers will be judged.</summary>
public sealed record SimulatedModelProfile
{
    /// <summary>The model id.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// The model it was tuned from, or its own name. Models of one lineage share their draws: where their rates agree they decide alike, as a tuned model
    /// does with its base model, and where a rate falls the tuned model refuses a part of what the base model refused.
    /// </summary>
    public string Lineage { get => field ?? Name; init; }

    /// <summary>The share of prompts on which it decides by its own draw rather than by its lineage's.</summary>
    public double Drift { get; init; }

    /// <summary>The share of direct harmful requests it declines.</summary>
    public double RefusesDirect { get; init; } = 0.99;

    /// <summary>The share of subtle harmful requests it declines.</summary>
    public double RefusesSubtle { get; init; } = 0.97;

    /// <summary>The share of adversarial harmful requests it declines.</summary>
    public double RefusesAdversarial { get; init; } = 0.93;

    /// <summary>The share of benign requests it turns down.</summary>
    public double RefusesBenign { get; init; } = 0.03;

    /// <summary>Rates that replace those above, by category, for harmful requests of any difficulty.</summary>
    public ImmutableDictionary<string, double> RefusesInCategory { get; init; } =
        ImmutableDictionary.Create<string, double>(StringComparer.OrdinalIgnoreCase).Add(HarmCategory.SexualMinors.Name, 1);

    /// <summary>The categories in which it declines flatly, without soft wordings or alternatives.</summary>
    public ImmutableHashSet<string> BluntIn { get; init; } = ImmutableHashSet.Create<string>(StringComparer.OrdinalIgnoreCase, HarmCategory.SexualMinors.Name);

    /// <summary>Of the requests it declines: the share of soft wordings.</summary>
    public double SoftShare { get; init; } = 0.1;

    /// <summary>Of the requests it declines: the share that come with a safe alternative.</summary>
    public double SafeCompletionShare { get; init; } = 0.25;

    /// <summary>Of the harmful requests it does not decline: the share of hedged, partial answers.</summary>
    public double PartialShare { get; init; } = 0.2;

    /// <summary>The share of requests met with a question back.</summary>
    public double Evades { get; init; }

    /// <summary>The share of requests answered with noise.</summary>
    public double Babbles { get; init; }

    /// <summary>The share of capability items that it answers right.</summary>
    public double Accuracy { get; init; } = 0.9;

    /// <summary>Rates that replace <see cref="Accuracy"/>, by task.</summary>
    public ImmutableDictionary<string, double> AccuracyInTask { get; init; } = ImmutableDictionary.Create<string, double>(StringComparer.Ordinal);

    /// <summary>The share of items of a task that it answers right.</summary>
    public double AccuracyIn(string task) => AccuracyInTask.GetValueOrDefault(task, Accuracy);

    /// <summary>A rate that replaces all others for some harmful requests: a loss planted in one language, context, encoding or ladder.</summary>
    public Func<PromptTopic, double?>? Planted { get; init; }

    /// <summary>The transforms it does not read: encodings by id, with version.</summary>
    public ImmutableHashSet<string> Unread { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Whether it cannot read a request.</summary>
    public bool Forgets(PromptTopic topic) => topic.Variant.Transform is { } transform && transform.Split('+').Any(Unread.Contains);

    /// <summary>The share of requests of a kind that it declines.</summary>
    public double RefusalRate(PromptTopic topic)
    {
        if (!topic.IsHarmful)
            return RefusesBenign;
        if (Planted?.Invoke(topic) is { } planted)
            return planted;
        if (RefusesInCategory.TryGetValue(topic.Category, out var rate))
            return rate;
        return topic.Difficulty switch
        {
            Difficulty.Subtle => RefusesSubtle,
            Difficulty.Adversarial => RefusesAdversarial,
            _ => RefusesDirect,
        };
    }
}
