namespace SafetyRegression.Classification;

/// <summary>Asks a classifier; what it throws becomes a reason, cancellation propagates.</summary>
internal static class Attempt
{
    public static async ValueTask<ResponseVerdict> ClassifyAsync(IResponseClassifier classifier, ClassificationRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await classifier.ClassifyAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // The type name only: the message may quote the answer.
            return ResponseVerdict.Undetermined(classifier.Identity.Name, UndeterminedReason.ClassifierFailed, e.GetType().Name);
        }
    }
}
