using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Running;

/// <summary>
/// Keeps the verdicts of a classifier that costs money (a judge) in the run log, so that no reply is judged and paid for twice. A changed classifier (another
/// fingerprint) starts a new set of verdicts over the same answers. Verdicts of free classifiers are better computed again.
/// </summary>
/// <param name="inner">Decides.</param>
/// <param name="log">Keeps; must be open for writing.</param>
public sealed class LoggedClassifier(IResponseClassifier inner, RunLog log) : IJudgingClassifier
{
    private readonly AnchorLog _anchors = new(inner, log);

    /// <inheritdoc/>
    public ClassifierIdentity Identity => inner.Identity;

    /// <summary>What the judges did, the anchors of earlier processes that worked on this run included.</summary>
    public JudgingEvidence Evidence => JudgingEvidence.Of(inner) with { Anchors = _anchors.Total() };

    /// <summary>A classifier in which every paid judge keeps its verdicts in a run log.</summary>
    /// <param name="classifier">The classifier; one without judges stays as it is.</param>
    /// <param name="log">Keeps; must be open for writing.</param>
    public static IResponseClassifier Over(IResponseClassifier classifier, RunLog log)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(log);
        return classifier is IJudgingClassifier judging ? judging.Keeping(judge => new LoggedClassifier(judge, log)) : classifier;
    }

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep) => this;

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var key = KeyOf(request);
        if (log.FindVerdict(key) is { } known)
            return VerdictRecord.Read(known);
        if (log.FindEarlierVerdict(key) is { } earlier)
        {
            var again = VerdictRecord.Read(earlier);
            await log.AppendVerdictAsync(key, static (key, verdict) => VerdictRecord.Write(key, verdict), again).ConfigureAwait(false);
            return again;
        }

        var verdict = await inner.ClassifyAsync(request, cancellationToken).ConfigureAwait(false);
        await _anchors.KeepAsync().ConfigureAwait(false);

        // A judge that could not be reached has decided nothing; it is asked again.
        if (!JudgingMark.IsOpen(verdict))
            await log.AppendVerdictAsync(key, static (key, verdict) => VerdictRecord.Write(key, verdict), verdict).ConfigureAwait(false);
        return verdict;
    }

    /// <summary>SHA-256 over who decides and everything they are shown.</summary>
    private string KeyOf(ClassificationRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(inner.Identity.Fingerprint);
        Add(request.Expected.ToString());
        Add(request.Category.Name);
        Add(request.Language);
        Add(request.Variant.ToString());
        foreach (var message in request.Messages)
        {
            Add(message.Role.ToString());
            Add(message.Text);
        }

        Add(request.Answer.Text);
        Add(request.Answer.Finish.ToString());
        Add(request.RecordedLabel?.ToString() ?? string.Empty);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
