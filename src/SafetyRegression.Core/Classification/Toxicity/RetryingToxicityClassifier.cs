namespace SafetyRegression.Classification;

/// <summary>Asks a scorer again when it was busy or could not be reached; what it said, and what it could not read, stands.</summary>
/// <param name="inner">Scores.</param>
/// <param name="attempts">Calls per text at most, 1–10. Default 3.</param>
/// <param name="delay">The wait before the second call, doubled each time. Default 1 second.</param>
/// <param name="timeProvider">Measures the waits.</param>
public sealed class RetryingToxicityClassifier(IToxicityClassifier inner, int attempts = 3, TimeSpan? delay = null, TimeProvider? timeProvider = null) : IToxicityClassifier
{
    private readonly int _attempts = attempts is >= 1 and <= 10 ? attempts : throw new ArgumentOutOfRangeException(nameof(attempts), attempts, "The attempts are from 1 to 10.");
    private readonly TimeSpan _delay = delay ?? TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <inheritdoc/>
    public ClassifierIdentity Identity => inner.Identity;

    /// <inheritdoc/>
    public async ValueTask<ToxicityScore> ScoreAsync(string text, CancellationToken cancellationToken = default)
    {
        for (var attempt = 1; ; attempt++)
        {
            var score = await inner.ScoreAsync(text, cancellationToken).ConfigureAwait(false);
            if (score.Score is not null || attempt >= _attempts || !IsPassing(score.Missing))
                return score;
            if (_delay > TimeSpan.Zero)
                await Task.Delay(_delay * Math.Pow(2, attempt - 1), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static bool IsPassing(string? code) => code is "timeout" or "unreachable" or "http-408" or "http-429" || code?.StartsWith("http-5", StringComparison.Ordinal) == true;
}
