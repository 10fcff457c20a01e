namespace SafetyRegression;

/// <summary>Provider finish reasons in our words. What nobody knows stays <see cref="AnswerFinish.Unknown"/>.</summary>
internal static class AnswerFinishes
{
    /// <summary>Whether a recorded finish reason says that the call failed, so that there is no answer.</summary>
    /// <param name="value">The recorded value.</param>
    internal static bool IsError(string? value) => string.Equals(value?.Trim(), "error", StringComparison.OrdinalIgnoreCase);

    internal static AnswerFinish Parse(string? value) => value?.Trim().ToUpperInvariant() switch
    {
        "STOP" or "END_TURN" or "STOP_SEQUENCE" or "EOS" or "EOS_TOKEN" => AnswerFinish.Stop,
        "LENGTH" or "MAX_TOKENS" or "MODEL_LENGTH" or "MAX_OUTPUT_TOKENS" => AnswerFinish.Length,
        "CONTENT_FILTER" or "CONTENTFILTER" or "SAFETY" => AnswerFinish.ContentFilter,
        "REFUSAL" => AnswerFinish.Refusal,
        "TOOL_CALLS" or "TOOL_USE" or "FUNCTION_CALL" => AnswerFinish.ToolCalls,
        _ => AnswerFinish.Unknown,
    };
}
