using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SafetyRegression.Classification;

/// <summary>
/// Puts anchors to a judge once for each batch of answers, among them. Verdicts of a batch are given out only when its anchors were judged rightly;
/// otherwise every answer of the batch is undetermined (<see cref="UndeterminedReason.CanaryFailed"/>, or <see cref="UndeterminedReason.JudgeFailed"/> when
/// the judge could not be reached). Anchors must reach the judge itself, so a cache belongs outside, never inside.
/// </summary>
public sealed class AnchoredClassifier : IJudgingClassifier, IJudgeSeat
{
    private readonly IResponseClassifier _inner;
    private readonly ImmutableArray<JudgeAnchor> _anchors;
    private readonly int _batchSize;
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, int> _failed = new(StringComparer.Ordinal);
    private Batch? _current;
    private int _batches;
    private int _voided;
    private long _voidedAnswers;

    /// <summary>Makes the guard.</summary>
    /// <param name="inner">The judge, without a cache.</param>
    /// <param name="anchors">The anchors; default those of the judge's protocol, <see cref="JudgeAnchor.BuiltIn"/> when <paramref name="inner"/> is no <see cref="JudgeClassifier"/>.</param>
    /// <param name="batchSize">Answers per batch, 1–10,000. Default 100.</param>
    public AnchoredClassifier(IResponseClassifier inner, IEnumerable<JudgeAnchor>? anchors = null, int batchSize = 100)
    {
        ArgumentNullException.ThrowIfNull(inner);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchSize, 10_000);
        _inner = inner;
        _anchors = [.. anchors ?? (inner as JudgeClassifier)?.Anchors ?? JudgeAnchor.BuiltIn];
        ArgumentOutOfRangeException.ThrowIfZero(_anchors.Length, nameof(anchors));
        _batchSize = batchSize;
    }

    /// <inheritdoc/>
    public ClassifierIdentity Identity => _inner.Identity;

    /// <inheritdoc/>
    public JudgingEvidence Evidence => JudgingEvidence.Of(_inner) with { Anchors = [new JudgeAnchors(Identity.Name, Report)] };

    /// <inheritdoc/>
    IResponseClassifier IJudgeSeat.WithClients(Func<JudgeProtocol, IChatClient> clientOf) => new AnchoredClassifier(_inner.Reseated(clientOf), _anchors, _batchSize);

    /// <inheritdoc/>
    public IResponseClassifier Keeping(Func<IResponseClassifier, IResponseClassifier> keep)
    {
        ArgumentNullException.ThrowIfNull(keep);
        return keep(this);
    }

    /// <summary>What became of the anchors so far.</summary>
    public AnchorReport Report
    {
        get
        {
            lock (_lock)
                return new AnchorReport(_batches, _voided, _voidedAnswers, _failed.ToImmutableSortedDictionary(StringComparer.Ordinal));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ResponseVerdict> ClassifyAsync(ClassificationRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = Join(cancellationToken);
            try
            {
                if (await batch.Anchors.Value.WaitAsync(cancellationToken).ConfigureAwait(false) is not { } reason)
                    return await _inner.ClassifyAsync(request, cancellationToken).ConfigureAwait(false);
                lock (_lock)
                    _voidedAnswers++;
                return ResponseVerdict.Undetermined(Identity.Name, reason, "anchor-failed");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && batch.Anchors.Value.IsCanceled)
            {
                // The caller who began the batch has given up; begin another one.
                Drop(batch);
            }
        }
    }

    private Batch Join(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_current is null || _current.Left == 0)
                _current = new Batch(new(() => CheckAsync(cancellationToken)), _batchSize);
            _current.Left--;
            return _current;
        }
    }

    private void Drop(Batch batch)
    {
        lock (_lock)
        {
            if (ReferenceEquals(_current, batch))
                _current = null;
        }
    }

    /// <summary>Why the batch is void; <see langword="null"/> when all anchors were judged rightly.</summary>
    private async Task<UndeterminedReason?> CheckAsync(CancellationToken cancellationToken)
    {
        var verdicts = await Task.WhenAll(_anchors.Select(anchor => Attempt.ClassifyAsync(_inner, anchor.ToRequest(), cancellationToken).AsTask())).ConfigureAwait(false);
        UndeterminedReason? reason = null;

        // An anchor that the judge cannot be asked about proves nothing; when that is so of all of them, nothing vouches for the judge.
        var unasked = Array.TrueForAll(verdicts, static verdict => verdict.Reason == UndeterminedReason.OutOfScope);
        lock (_lock)
        {
            _batches++;
            for (var i = 0; i < verdicts.Length; i++)
            {
                if (_anchors[i].Allowed.Contains(verdicts[i].Outcome) || (verdicts[i].Reason == UndeterminedReason.OutOfScope && !unasked))
                    continue;
                _failed[_anchors[i].Id] = _failed.GetValueOrDefault(_anchors[i].Id) + 1;
                reason = verdicts[i].Reason is UndeterminedReason.JudgeFailed or UndeterminedReason.ClassifierFailed ? reason ?? UndeterminedReason.JudgeFailed : UndeterminedReason.CanaryFailed;
            }

            if (reason is not null)
                _voided++;
        }

        return reason;
    }

    private sealed class Batch(Lazy<Task<UndeterminedReason?>> anchors, int size)
    {
        public Lazy<Task<UndeterminedReason?>> Anchors { get; } = anchors;

        public int Left { get; set; } = size;
    }
}
