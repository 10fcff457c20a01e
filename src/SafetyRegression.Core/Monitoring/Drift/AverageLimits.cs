namespace SafetyRegression.Monitoring;

/// <summary>The limits of the moving average.</summary>
/// <param name="Weight">The weight λ of the newest run.</param>
/// <param name="Width">The width L in standard deviations of the average.</param>
internal sealed record AverageLimits(double Weight, double Width);
