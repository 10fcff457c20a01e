using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Classification;

/// <summary>
/// Classifiers in order: each is asked only when those before left the answer undetermined. Rules and trained model before a judge save its calls; a second
/// judge after the first stands in when that one fails. When nobody decides, the reason is the last stage's and the evidence names them all.
/// </summary>
public sealed class CascadeClassifier : IJudgingClassifier
{
    private readonly ImmutableArray<IResponseClassifier> _stages;
    private readonly long[] _asked;
    private readonly long[] _decided;

    /// <summary>Makes a cascade.</summary>
    /// <param name="stages">The stages, the first one asked first; at least two.</param>
    public CascadeClassifier(params IEnumerable<IResponseClassifier> stages)
    {
        ArgumentNullException.ThrowIfNull(stages);
        _stages = [.. stages];
        ArgumentOutOfRangeException.ThrowIfLessThan(_stages.Length, 2, nameof(stages));
        _asked = new long[_stages.Length];
        _decided = new long[_stages.Length];
        Identity = new ClassifierIdentity
        {
            Name = string.Join(" > ", _stages.Select(static stage => stage.Identity.Name)),
            Version = string.Join(" > ", _stages.Select(static stage => stage.Identity.Version)),
            Fingerprint = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001F', _stages.Select(static stage => stage.Identity.Fingerprint).Prepend("cascade/1"))))),

            // As good as its least known stage.
            Trust = _stages.Min(static stage => stage.Identity.Trust),
        };
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity { get; }

    /// <inheritdoc/>
    public JudgingEvidence Evidence => JudgingEvidence.Of(_stages) with { Cascade = Counts };

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep) => new CascadeClassifier(_stages.Select(stage => stage.Kept(keep)));

    /// <summary>The counts so far.</summary>
    public CascadeCounts Counts => new([.. _asked.Select(static (_, i) => i).Select(i => Interlocked.Read(ref _asked[i]))], [.. _decided.Select(static (_, i) => i).Select(i => Interlocked.Read(ref _decided[i]))]);

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var steps = new List<string>(_stages.Length);
        for (var i = 0; ; i++)
        {
            Interlocked.Increment(ref _asked[i]);
            var verdict = await Attempt.ClassifyAsync(_stages[i], request, cancellationToken).ConfigureAwait(false);
            if (verdict.Outcome != Outcome.Undetermined)
            {
                Interlocked.Increment(ref _decided[i]);
                return verdict;
            }

            steps.Add($"{verdict.Classifier}={verdict.Reason}");
            if (i == _stages.Length - 1)
                return verdict with { Evidence = string.Join(';', steps) };
        }
    }
}
