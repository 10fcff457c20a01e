using System.Collections.Immutable;

namespace SafetyRegression;

/// <summary>
/// One arm of a run with its verdicts: what analysis works on. Holds ids, outcomes, numbers and hashes, never a text; texts are read from the run log.
/// A stored baseline run can be compared with many candidates.
/// </summary>
public sealed record SuiteRun
{
    /// <summary>The suite's name.</summary>
    public required string SuiteName { get; init; }

    /// <summary>The suite's version.</summary>
    public required string SuiteVersion { get; init; }

    /// <summary>The suite's fingerprint; runs of different suites are not comparable.</summary>
    public required string SuiteFingerprint { get; init; }

    /// <summary>The side this run was made for.</summary>
    public required Arm Arm { get; init; }

    /// <summary>Who answered.</summary>
    public required TargetIdentity Target { get; init; }

    /// <summary>Who decided.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>Who scored toxicity; <see langword="null"/> when nobody did, or when it is not known who.</summary>
    public ClassifierIdentity? ToxicityScorer { get; init; }

    /// <summary>Samples asked per prompt.</summary>
    public required int SamplesPerPrompt { get; init; }

    /// <summary>The verdicts, one for each planned (prompt, sample).</summary>
    public required ImmutableArray<SampleVerdict> Samples { get; init; }

    /// <summary>How the two arms were brought together.</summary>
    public PairingMode Pairing { get; init; }

    /// <summary>Why the run was stopped before everything was asked; <see langword="null"/> when it was not. Set on either arm.</summary>
    public EarlyStop? Stopped { get; init; }

    /// <summary>When the last answer was complete (UTC), if known.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Generation options that change the output, as sent (name → invariant value).</summary>
    public ImmutableSortedDictionary<string, string> Generation { get; init => field = value.WithComparers(StringComparer.Ordinal); } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Arm, target and number of samples.</summary>
    public override string ToString() => $"{Arm}: {Target}, {Samples.Length} samples of {SuiteName} {SuiteVersion}";
}
