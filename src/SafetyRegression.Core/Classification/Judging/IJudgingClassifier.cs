namespace SafetyRegression;

/// <summary>
/// A classifier that calls a judge model, or holds one that does. It can tell what its judges did, and it can be rebuilt so that what they are paid for is kept.
/// A host's own judge implements it too, so that its verdicts survive the process.
/// </summary>
public interface IJudgingClassifier : IResponseClassifier
{
    /// <summary>What is known of the judges, and what they did so far.</summary>
    JudgingEvidence Evidence { get; }

    /// <summary>The same classifier with each paid judge in it replaced.</summary>
    /// <param name="keep">Takes a judge and returns one that keeps its verdicts. A judge that is not made of others returns <c>keep(this)</c>.</param>
    IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep);
}
