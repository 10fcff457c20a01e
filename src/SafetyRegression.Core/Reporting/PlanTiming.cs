namespace SafetyRegression;

/// <summary>When the analysis plan (hypotheses, tolerances, weights, test, α) was fixed.</summary>
public enum PlanTiming
{
    /// <summary>When the answers were there already, or nobody can tell: whoever made the plan may have known them.</summary>
    AfterAnswers = 0,

    /// <summary>Another plan had been frozen before the first answer; this one was applied later.</summary>
    Changed = 1,

    /// <summary>Written and hashed before the first answer was asked for.</summary>
    BeforeAnswers = 2,
}
