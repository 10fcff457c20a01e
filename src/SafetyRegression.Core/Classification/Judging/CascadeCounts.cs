using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>How many answers each stage of a cascade was asked for and decided.</summary>
/// <param name="Asked">Answers put to each stage, in order.</param>
/// <param name="Decided">Answers each stage decided, in order.</param>
public sealed record CascadeCounts(ImmutableArray<long> Asked, ImmutableArray<long> Decided)
{
    /// <summary>Answers that came in.</summary>
    public long Answers => Asked[0];

    /// <summary>Answers the last stage was not asked for: calls saved when it is a judge.</summary>
    public long Saved => Asked[0] - Asked[^1];

    /// <summary>The counts in one line.</summary>
    public override string ToString() => $"{Asked[^1]} of {Answers} answers went to the last stage, {Saved} did not have to";
}
