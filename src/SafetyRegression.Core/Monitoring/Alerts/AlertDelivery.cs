namespace SafetyRegression;

/// <summary>How one try to send an alert ended.</summary>
/// <param name="Reply">Whether the receiver has it.</param>
/// <param name="Problem">Why not.</param>
/// <param name="Status">The HTTP status, if there was one.</param>
/// <param name="RetryAfter">How long the receiver asks to wait.</param>
public readonly record struct AlertDelivery(AlertReply Reply, AlertProblem? Problem = null, int? Status = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The receiver has it.</summary>
    /// <param name="status">The HTTP status, if there was one.</param>
    public static AlertDelivery Delivered(int? status = null) => new(AlertReply.Delivered, null, status);

    /// <summary>Another try makes sense.</summary>
    /// <param name="problem">Why it failed.</param>
    /// <param name="status">The HTTP status, if there was one.</param>
    /// <param name="retryAfter">How long the receiver asks to wait.</param>
    public static AlertDelivery Failed(AlertProblem problem, int? status = null, TimeSpan? retryAfter = null) => new(AlertReply.Failed, problem, status, retryAfter);

    /// <summary>Another try would end the same.</summary>
    /// <param name="problem">Why it failed.</param>
    /// <param name="status">The HTTP status, if there was one.</param>
    public static AlertDelivery Rejected(AlertProblem problem, int? status = null) => new(AlertReply.Rejected, problem, status);
}
