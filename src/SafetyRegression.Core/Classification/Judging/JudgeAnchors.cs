using SafetyRegression.Classification;

namespace SafetyRegression;

/// <summary>What became of the anchors of one judge.</summary>
/// <param name="Judge">The judge's name.</param>
/// <param name="Report">The counts.</param>
public sealed record JudgeAnchors(string Judge, AnchorReport Report);
