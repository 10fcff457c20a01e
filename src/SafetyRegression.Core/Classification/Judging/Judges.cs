using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>Judges with their defences on.</summary>
public static class Judges
{
    /// <summary>A judge that is anchored in each batch and gives one verdict to one text.</summary>
    /// <param name="client">Reaches the judge model; disposed by the caller.</param>
    /// <param name="options">How it is called; read once.</param>
    public static IResponseClassifier Create(IChatClient client, JudgeOptions? options = null) =>
        new CachedClassifier(new AnchoredClassifier(new JudgeClassifier(client, options)));

    /// <summary>Rules and trained model first; the judge is asked only where they are unsure, cannot read the language, or disagree.</summary>
    /// <param name="text">The classifier that needs no call, set to abstain when it is unsure.</param>
    /// <param name="judge">The judge or panel behind it.</param>
    public static CascadeClassifier Behind(IResponseClassifier text, IResponseClassifier judge) => new(text, judge);
}
