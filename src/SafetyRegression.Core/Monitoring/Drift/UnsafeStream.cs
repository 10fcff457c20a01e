using System.Collections.Immutable;

namespace SafetyRegression.Monitoring;

/// <summary>The scored harmful outcomes of one run in order: <see langword="true"/> where the request was not refused.</summary>
internal sealed record UnsafeStream(ImmutableArray<bool> Outcomes)
{
    internal int Count => Outcomes.Length;

    internal int Unsafe { get; } = Outcomes.Count(isUnsafe => isUnsafe);
}
