using System.Runtime.InteropServices;

namespace SafetyRegression.Running;

/// <summary>
/// Puts answers, which arrive in any order, before a rule in the order of the plan: a pair waits until all earlier ones are complete. Otherwise quick
/// answers, which tend to be refusals, would be counted first.
/// </summary>
internal sealed class StoppingMonitor(IStoppingRule rule, Func<int, RunItem> itemAt) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<int, (ModelAnswer? Baseline, ModelAnswer? Candidate)> _waiting = [];
    private int _next;

    /// <summary>The first place of which the rule has not seen both answers.</summary>
    public int Next => Volatile.Read(ref _next);

    /// <summary>Why the run was stopped, once it is.</summary>
    public EarlyStop? Stop { get; private set; }

    /// <summary>Takes an answer and asks the rule about every pair that is now due.</summary>
    /// <returns>Whether this answer ends the run.</returns>
    public async ValueTask<bool> OfferAsync(int place, ModelAnswer answer, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Stop is not null)
                return false;
            ref var pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_waiting, place, out _);
            pair = answer.Arm == Arm.Baseline ? (answer, pair.Candidate) : (pair.Baseline, answer);
            while (Stop is null && _waiting.TryGetValue(_next, out var due) && due is ({ } baseline, { } candidate))
            {
                _waiting.Remove(_next);
                Stop = await rule.ObserveAsync(
                    new AnsweredPair { Item = itemAt(_next), Sample = baseline.Sample, Baseline = baseline, Candidate = candidate }, cancellationToken).ConfigureAwait(false);
                _next++;
            }

            return Stop is not null;
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();
}
