namespace SafetyRegression.Adversarial;

internal static class SpanExtensions
{
    internal static bool EndsWithAny(this ReadOnlySpan<char> text, params ReadOnlySpan<char> ends) => !text.IsEmpty && ends.Contains(text[^1]);
}
