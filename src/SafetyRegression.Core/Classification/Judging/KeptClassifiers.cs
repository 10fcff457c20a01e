namespace SafetyRegression.Classification;

/// <summary>Finds and rebuilds classifiers that hold judges; all others stay what they are.</summary>
internal static class KeptClassifiers
{
    public static IResponseClassifier Kept(this IResponseClassifier classifier, Func<IResponseClassifier, IResponseClassifier> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return classifier is IJudgingClassifier judging ? judging.Keeping(keep) : classifier;
    }

    /// <summary>Whether a judge is in it, so that verdicts cost money.</summary>
    public static bool HoldsJudges(this IResponseClassifier classifier)
    {
        var found = false;
        _ = classifier.Kept(judge =>
        {
            found = true;
            return judge;
        });
        return found;
    }
}
