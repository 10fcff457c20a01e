namespace SafetyRegression.Analysis;

/// <summary>One way in which prompts vary.</summary>
/// <param name="Name">The axis, as it stands in the names of strata.</param>
/// <param name="Value">Where a prompt lies on it.</param>
/// <param name="Others">Where it lies on the other axes: only prompts that agree there are compared along this one.</param>
internal sealed record StratumAxis(string Name, Func<SafetyPrompt, string> Value, Func<SafetyPrompt, object> Others);
