namespace SafetyRegression.Classification;

/// <summary>One call of a judge: a reading, or why there is none.</summary>
internal readonly record struct JudgeAttempt(JudgeReading? Reading, UndeterminedReason Reason, string Code, bool Cut)
{
    public static JudgeAttempt None => default;

    public static JudgeAttempt Failed(UndeterminedReason reason, string code) => new(null, reason, code, Cut: false);
}
