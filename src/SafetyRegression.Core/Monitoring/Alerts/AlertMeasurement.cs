namespace SafetyRegression;

/// <summary>A rate before and after, with the interval of the change. Rates and differences are fractions.</summary>
/// <param name="Subject">What was measured: a category, or all prompts of a kind.</param>
/// <param name="Before">The rate of the reference, 0–1.</param>
/// <param name="After">The rate of the candidate, 0–1.</param>
/// <param name="Lower">The lower limit of the change.</param>
/// <param name="Upper">The upper limit of the change.</param>
/// <param name="Pairs">How many pairs it rests on.</param>
public readonly record struct AlertMeasurement(AlertName Subject, double Before, double After, double Lower, double Upper, int Pairs);
