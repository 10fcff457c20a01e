namespace SafetyRegression.Capability;

/// <summary>Two answers with the preference of a person, to calibrate a pairwise grader with. <see cref="ToString"/> withholds the texts.</summary>
/// <param name="Item">The item.</param>
/// <param name="Baseline">The baseline's answer.</param>
/// <param name="Candidate">The candidate's answer.</param>
/// <param name="Preferred">What the person prefers: an arm's answer, or neither (<see cref="PairwiseVerdict.Tie"/>).</param>
public sealed record HumanPreference(CapabilityItem Item, ModelAnswer Baseline, ModelAnswer Candidate, PairwiseVerdict Preferred)
{
    /// <summary>Item and preference.</summary>
    public override string ToString() => $"{Item.Id}: {Preferred}";
}
