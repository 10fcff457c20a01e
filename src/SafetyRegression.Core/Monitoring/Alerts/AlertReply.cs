namespace SafetyRegression;

/// <summary>How one try to send an alert ended.</summary>
public enum AlertReply
{
    /// <summary>Not delivered; another try makes sense.</summary>
    Failed = 0,

    /// <summary>Not delivered; another try would end the same.</summary>
    Rejected = 1,

    /// <summary>The receiver has it.</summary>
    Delivered = 2,
}
