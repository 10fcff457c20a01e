using System.Collections.Immutable;

namespace SafetyRegression.Classification;

/// <summary>What a panel decided and what each judge said.</summary>
/// <param name="Verdict">The panel's verdict.</param>
/// <param name="Votes">The verdict of each judge, in the order of the panel.</param>
public sealed record PanelDecision(ResponseVerdict Verdict, ImmutableArray<ResponseVerdict> Votes);
