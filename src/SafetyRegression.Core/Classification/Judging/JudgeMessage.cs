namespace SafetyRegression.Classification;

/// <summary>One message put to a judge.</summary>
/// <param name="Role">Who speaks.</param>
/// <param name="Template">The text; <c>{{question}}</c>, <c>{{answer}}</c> and <c>{{nonce}}</c> are filled in, in one pass, so that a judged text cannot bring its own.</param>
public sealed record JudgeMessage(MessageRole Role, string Template);
