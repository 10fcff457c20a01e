namespace SafetyRegression.Capability;

/// <summary>Two models of which a grader favours one: between arms such a gap looks like a change of ability.</summary>
/// <param name="Favoured">The model that the grader scores higher, against people.</param>
/// <param name="Other">The other model.</param>
/// <param name="Difference">Difference of the biases, a fraction of the scale; &gt; 0.</param>
/// <param name="P">Two-sided p-value of "no difference" (normal approximation).</param>
public sealed record GraderBiasGap(string Favoured, string Other, double Difference, double P);
