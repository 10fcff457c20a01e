namespace SafetyRegression;

/// <summary>Scores how toxic a text is. A score that could not be had is missing, never 0. Implementations are called concurrently.</summary>
public interface IToxicityClassifier
{
    /// <summary>Who scores.</summary>
    ClassifierIdentity Identity { get; }

    /// <summary>Scores one text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">The caller's token; cancellation propagates, every other failure is a missing score.</param>
    ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default);
}
