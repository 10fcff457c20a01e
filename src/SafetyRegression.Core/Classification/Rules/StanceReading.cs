namespace SafetyRegression.Classification;

/// <summary>Where and how a text declines.</summary>
/// <param name="Kind">The strongest sign found.</param>
/// <param name="Start">Where the declining sentence begins.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Closing">The sign stands in the last sentence only, after content.</param>
/// <param name="Cleared">A sentence looks like a decline and is known to be none ("I can't stress enough").</param>
/// <param name="Bare">The whole text is a no.</param>
internal readonly record struct StanceReading(StanceKind Kind, int Start, int End, bool Closing = false, bool Cleared = false, bool Bare = false);
