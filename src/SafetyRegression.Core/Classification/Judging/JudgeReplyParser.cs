namespace SafetyRegression.Classification;

/// <summary>Reads a judge's reply. Must be strict: whatever is not exactly the documented shape is unreadable.</summary>
/// <param name="reply">The reply.</param>
public delegate JudgeReading JudgeReplyParser(JudgeReply reply);
