namespace SafetyRegression.Capability;

/// <summary>An answer with the score a person gave it, to calibrate a grader with. <see cref="ToString"/> withholds the texts.</summary>
/// <param name="Item">The item.</param>
/// <param name="Answer">The answer; answered. Its <see cref="ModelAnswer.Model"/> names the model, so that a grader that favours one is found.</param>
/// <param name="Score">The person's score, 0–1; for ratings from 1 to 10: (rating − 1) / 9.</param>
public sealed record HumanScore(CapabilityItem Item, ModelAnswer Answer, double Score)
{
    /// <summary>Item, model and score.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Item.Id} ({Answer.Model ?? "unknown model"}): {Score:0.##}");
}
