using System.Collections.Concurrent;

namespace SafetyRegression.Classification;

/// <summary>
/// One text, one verdict: the same question with the same answer is put to the inner classifier once, also when both arms give it at the same time.
/// Outages are not kept. The cache lives as long as the object; a run log keeps verdicts for longer.
/// </summary>
/// <param name="inner">Decides.</param>
public sealed class CachedClassifier(IResponseClassifier inner) : IJudgingClassifier
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ResponseVerdict>>> _verdicts = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ClassifierIdentity Identity => inner.Identity;

    /// <inheritdoc/>
    public JudgingEvidence Evidence => JudgingEvidence.Of(inner);

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep) => new CachedClassifier(inner.Kept(keep));

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = ClassificationKey.Of(request);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var entry = _verdicts.GetOrAdd(
                key, static (_, state) => new(() => state.Inner.ClassifyAsync(state.Request, state.Token).AsTask()), (Inner: inner, Request: request, Token: cancellationToken));
            try
            {
                var verdict = await entry.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
                if (verdict.Reason is UndeterminedReason.JudgeFailed or UndeterminedReason.ClassifierFailed or UndeterminedReason.CanaryFailed)
                    Forget(key, entry);
                return verdict;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // The caller who started it has given up; this one has not.
                Forget(key, entry);
            }
            catch (Exception)
            {
                Forget(key, entry);
                throw;
            }
        }
    }

    private void Forget(string key, Lazy<Task<ResponseVerdict>> entry) => _verdicts.TryRemove(KeyValuePair.Create(key, entry));
}
