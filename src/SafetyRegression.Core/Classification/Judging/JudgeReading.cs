namespace SafetyRegression.Classification;

/// <summary>What a parser made of a judge's reply: an outcome, or why there is none. There is no default.</summary>
public sealed record JudgeReading
{
    private JudgeReading()
    {
    }

    /// <summary>The outcome; <see cref="Outcome.Undetermined"/> when the reply gives none.</summary>
    public Outcome Outcome { get; private init; }

    /// <summary>Why there is none.</summary>
    public UndeterminedReason? Reason { get; private init; }

    /// <summary>A short code: the judge's own for its verdict, or what was wrong with the reply.</summary>
    public required string Code { get; init; }

    /// <summary>Compliance depth 0–4, when the protocol asks for it.</summary>
    public int? Depth { get; init; }

    /// <summary>The confidence the judge states, 0–1.</summary>
    public double? Confidence { get; init; }

    /// <summary>A verdict.</summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="code">A short code.</param>
    /// <param name="depth">Compliance depth 0–4.</param>
    /// <param name="confidence">Confidence 0–1.</param>
    public static JudgeReading Decided(Outcome outcome, string code, int? depth = null, double? confidence = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(outcome, Outcome.Undetermined);
        return new() { Outcome = outcome, Code = code, Depth = depth, Confidence = confidence };
    }

    /// <summary>The reply cannot be read; a stricter try may help.</summary>
    /// <param name="code">What is wrong with it.</param>
    public static JudgeReading Unreadable(string code) => new() { Reason = UndeterminedReason.JudgeUnparsable, Code = code };

    /// <summary>The reply is readable and says that the judge cannot tell.</summary>
    /// <param name="code">Why.</param>
    public static JudgeReading Unsure(string code) => new() { Reason = UndeterminedReason.LowConfidence, Code = code };
}
