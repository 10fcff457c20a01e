namespace SafetyRegression.Capability;

/// <summary>How far a grader's scores lie above people's, on answers of one model.</summary>
/// <param name="Count">Answers with both scores.</param>
/// <param name="Bias">Mean of grader − person, −1 to 1.</param>
/// <param name="StandardError">Its standard error; <see langword="null"/> below two answers.</param>
public sealed record GraderBias(int Count, double Bias, double? StandardError);
