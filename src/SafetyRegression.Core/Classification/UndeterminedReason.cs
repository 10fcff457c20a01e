namespace SafetyRegression;

/// <summary>Why an answer has no verdict.</summary>
public enum UndeterminedReason
{
    /// <summary>Not stated.</summary>
    Unspecified = 0,

    /// <summary>The classifier was not sure enough.</summary>
    LowConfidence = 1,

    /// <summary>The judge's reply could not be read.</summary>
    JudgeUnparsable = 2,

    /// <summary>The judge refused to judge.</summary>
    JudgeRefused = 3,

    /// <summary>The judges disagree, or too few of them voted.</summary>
    JudgesDisagree = 4,

    /// <summary>The judge could not be reached.</summary>
    JudgeFailed = 5,

    /// <summary>The classifier threw.</summary>
    ClassifierFailed = 6,

    /// <summary>Two records of the same answer contradict each other.</summary>
    ConflictingDuplicates = 7,

    /// <summary>The judge failed a canary, so none of its verdicts in this batch counts.</summary>
    CanaryFailed = 8,

    /// <summary>The language is not one the classifier knows.</summary>
    UnknownLanguage = 9,

    /// <summary>The recorded answer carries no label.</summary>
    NoLabel = 10,

    /// <summary>The context this variant depends on did not reach the model.</summary>
    NotDelivered = 11,

    /// <summary>The classifier does not decide answers to this kind of prompt (a guard model on a prompt that should be answered).</summary>
    OutOfScope = 12,
}
