namespace SafetyRegression.Classification;

/// <summary>A judge was to judge a model of its own family.</summary>
/// <param name="judge">The judge's model id.</param>
/// <param name="judged">The judged model's id.</param>
public sealed class SameFamilyJudgeException(string judge, string judged)
    : ArgumentException($"Judge {judge} is of the family of the judged model {judged}, and judges favour their own kind. Take a judge of another family, or allow this one explicitly.")
{
    /// <summary>The judge's model id.</summary>
    public string Judge { get; } = judge;

    /// <summary>The judged model's id.</summary>
    public string Judged { get; } = judged;
}
