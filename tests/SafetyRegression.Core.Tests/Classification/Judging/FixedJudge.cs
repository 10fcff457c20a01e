namespace SafetyRegression.Tests.Classification.Judging;

/// <summary>A judge that says what the test wants.</summary>
internal sealed class FixedJudge(string name, Func<ClassificationRequest, ResponseVerdict> decide) : IResponseClassifier
{
    private int _calls;

    public int Calls => _calls;

    public ClassifierIdentity Identity { get; } = new() { Name = name, Version = "1", Fingerprint = "fixed/" + name };

    public static FixedJudge Says(string name, Outcome outcome, int? depth = null) =>
        new(name, _ => outcome == Outcome.Undetermined
            ? ResponseVerdict.Undetermined(name, UndeterminedReason.JudgeUnparsable)
            : new ResponseVerdict { Outcome = outcome, Classifier = name, Depth = depth });

    public ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Interlocked.Increment(ref _calls);
        return new(decide(request));
    }
}
