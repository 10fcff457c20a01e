using SafetyRegression.Capability;

namespace SafetyRegression.Running;

/// <summary>Scores the capability answers of a run log: no model is asked, except by scorers that are graders themselves.</summary>
public static class CapabilityRunProjection
{
    /// <summary>Projects the log of a capability suite onto both arms' scores.</summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="log">Its log: the one in the folder <see cref="RunLog.CapabilityFolderName"/> of a run.</param>
    /// <param name="scorers">The dialects; the built-in ones when <see langword="null"/>.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="RunLogException">The log answers another suite.</exception>
    /// <exception cref="InvalidOperationException">The log holds one arm only.</exception>
    public static async Task<CapabilityComparison> ProjectAsync(CapabilitySuite suite, RunLog log, CapabilityScorers? scorers = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(log);
        var plan = RunPlan.From(suite);
        if (!StringComparer.Ordinal.Equals(plan.Fingerprint, log.Manifest.SuiteFingerprint))
        {
            throw new RunLogException(
                RunLogProblem.Mismatch, log.Folder, $"the run answers other capability questions: here '{log.Manifest.SuiteName} {log.Manifest.SuiteVersion}' ({log.Manifest.SuiteFingerprint[..12]}), given '{suite.Name} {suite.Version}' ({plan.Fingerprint[..12]}).");
        }

        if (log.Manifest is not { Baseline: { } before, Candidate: { } after })
            throw new InvalidOperationException("The run asks one model only; comparing takes two.");
        var answers = new List<ModelAnswer>();
        await foreach (var answer in log.ReadAnswersAsync(cancellationToken).ConfigureAwait(false))
        {
            // Of two answers that contradict each other neither is one.
            answers.Add(log.IsConflicting(AnswerKey.Of(answer)) ? answer with { Status = AnswerStatus.Failed, Turns = [], Failure = new CallFailure { Kind = CallFailureKind.Unknown, Code = "conflicting-duplicates" } } : answer);
        }

        var baseline = await CapabilityScoring.ScoreAsync(suite, answers, Arm.Baseline, before, log.Manifest.Samples, scorers, cancellationToken: cancellationToken).ConfigureAwait(false);
        var candidate = await CapabilityScoring.ScoreAsync(suite, answers, Arm.Candidate, after, log.Manifest.Samples, scorers, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new CapabilityComparison(suite, baseline, candidate);
    }
}
