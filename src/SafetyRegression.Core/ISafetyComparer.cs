namespace SafetyRegression;

/// <summary>From a suite to a report: asks both models, classifies the answers, analyses and decides.</summary>
public interface ISafetyComparer
{
    /// <summary>Compares the two models on a suite. A call that was cancelled or killed is finished by the same call.</summary>
    /// <param name="suite">What is asked.</param>
    /// <param name="progress">Told about progress, from the threads that do the work.</param>
    /// <param name="cancellationToken">Stops the run; what was answered stays recorded.</param>
    /// <exception cref="ToleranceBelowNoiseFloorException">The policy tolerates less than the baseline differs from itself; nothing was asked.</exception>
    /// <exception cref="RunsNotComparableException">The noise floor was measured on something else; nothing was asked.</exception>
    /// <exception cref="RunLogException">The run folder cannot be written.</exception>
    /// <exception cref="CallFailedException">A provider refused the key; nothing more was asked.</exception>
    Task<SafetyComparison> CompareAsync(SafetySuite suite, IProgress<RunProgress>? progress = null, CancellationToken cancellationToken = default);
}
