using System.Collections.Concurrent;

namespace SafetyRegression.Statistics;

/// <summary>
/// Detectable drops that were computed before. They depend on the number of pairs and of flips for the better only, and enumerating them takes a hundred times
/// as long as everything else in a finding: a host that analyses many runs of one suite asks for the same few again and again.
/// </summary>
internal static class DetectableDrops
{
    /// <summary>Plenty for the suites of one host; a simulation over all sizes starts anew now and then.</summary>
    private const int Most = 20_000;

    private static readonly ConcurrentDictionary<(int Pairs, int Better, double Alpha, McNemarMethod Method), double?> Known = new();

    internal static double? Of(int pairs, int better, double alpha, McNemarMethod method)
    {
        var key = (pairs, better, alpha, method);
        if (Known.TryGetValue(key, out var drop))
            return drop;
        drop = PairedPower.SmallestDetectableDrop(pairs, (double)better / pairs, alpha, 0.8, method);
        if (Known.Count >= Most)
            Known.Clear();
        Known[key] = drop;
        return drop;
    }
}
