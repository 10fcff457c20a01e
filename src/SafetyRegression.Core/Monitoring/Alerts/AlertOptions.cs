using System.ComponentModel.DataAnnotations;

namespace SafetyRegression;

/// <summary>How hard delivery is tried.</summary>
public sealed class AlertOptions
{
    /// <summary>Tries per alert and route.</summary>
    /// <value>Default 5. Range 1–20.</value>
    [Range(1, 20)]
    public int MaxTries { get; set; } = 5;

    /// <summary>The longest time for one try.</summary>
    /// <value>Default 10 s. Range 1 ms–10 minutes.</value>
    [TimeSpanRange("00:00:00.001", "00:10:00")]
    public TimeSpan TryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the second try; doubled each time, with up to a quarter of jitter.</summary>
    /// <value>Default 1 s. Range 0–5 minutes.</value>
    [TimeSpanRange("00:00:00", "00:05:00")]
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest Retry-After that is waited for; a receiver that asks for more has failed the delivery.</summary>
    /// <value>Default 5 minutes. Range 0–1 hour.</value>
    [TimeSpanRange("00:00:00", "01:00:00")]
    public TimeSpan MaxRetryAfter { get; set; } = TimeSpan.FromMinutes(5);
}
