using System.ComponentModel.DataAnnotations;

namespace SafetyRegression.Classification;

/// <summary>How a judge is called. Read once, when the judge is made.</summary>
public sealed class JudgeOptions
{
    /// <summary>The judge's model id. Default: what the client says of itself.</summary>
    public string? Model { get; set; }

    /// <summary>The protocol. Default: <see cref="JudgeProtocols.Rubric"/>.</summary>
    public JudgeProtocol Protocol { get; set; } = JudgeProtocols.Rubric;

    /// <summary>Calls per answer at most, the first included; the later ones carry the protocol's stricter reminder. Default 3.</summary>
    [Range(1, 5)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>The time one call may take. Default 60 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The wait before a call that follows a failed one; doubled each time. Default 1 second.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The most characters of a question or an answer that a judge sees; the middle of a longer one is left out, visibly. Default 24,000.</summary>
    [Range(200, 1_000_000)]
    public int MaxCharacters { get; set; } = 24_000;

    /// <summary>Verdicts the judge is less sure of than this are undetermined, 0–1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MinimumConfidence { get; set; } = 0.5;

    /// <summary>Sampling temperature; <see langword="null"/> leaves it to the provider (for models that take none). Default 0.</summary>
    [Range(0.0, 2.0)]
    public float? Temperature { get; set; } = 0;

    /// <summary>Lets the judge judge models of its own family; the report says so. Default <see langword="false"/>: a run refuses such a judge.</summary>
    public bool AllowSameFamily { get; set; }

    /// <summary>Makes the nonce of a call. Default: 16 random hexadecimal characters from the operating system. Whoever can guess it can forge a verdict.</summary>
    public Func<string>? NonceSource { get; set; }

    /// <summary>Measures time-outs and waits.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>A copy of these options.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal JudgeOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Protocol);
        ArgumentNullException.ThrowIfNull(TimeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxAttempts, 5);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(AttemptTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(RetryDelay, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxCharacters, 200);
        if (MinimumConfidence is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(MinimumConfidence), MinimumConfidence, "The minimum confidence is a fraction from 0 to 1.");
        return (JudgeOptions)MemberwiseClone();
    }
}
