using System.Globalization;

namespace SafetyRegression;

/// <summary>One arm's capability scores, kept to be compared with later ones: ids, outcomes and numbers.</summary>
public sealed record StoredCapability
{
    /// <summary>The capability suite's name.</summary>
    public required string SuiteName { get; init; }

    /// <summary>The capability suite's version.</summary>
    public required string SuiteVersion { get; init; }

    /// <summary>The capability suite's fingerprint.</summary>
    public required string SuiteFingerprint { get; init; }

    /// <summary>Samples asked per item; at least 1.</summary>
    public required int SamplesPerItem { get; init; }

    /// <summary>What became of every planned (item, sample).</summary>
    public required ScoreTable Scores { get; init; }

    /// <summary>Suite and number of items.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Scores.Rows.Count} items of {SuiteName} {SuiteVersion}");

    internal static StoredCapability Of(LineageCapability capability)
    {
        var (suite, run) = capability;
        if (!StringComparer.Ordinal.Equals(suite.Fingerprint, run.SuiteFingerprint))
            throw new RunsNotComparableException($"The capability run was not made with this version of the suite '{suite.Name}'.");
        return new StoredCapability
        {
            SuiteName = suite.Name,
            SuiteVersion = suite.Version,
            SuiteFingerprint = suite.Fingerprint,
            SamplesPerItem = run.SamplesPerItem,
            Scores = ScoreTable.Of(suite, run),
        };
    }

    internal CapabilityRun ToRun(Arm arm, TargetIdentity target) => new()
    {
        SuiteFingerprint = SuiteFingerprint,
        Arm = arm,
        Target = target,
        SamplesPerItem = SamplesPerItem,
        Samples =
        [
            .. Scores.Rows.SelectMany(row => row.Value.Select((score, sample) =>
                new CapabilitySample(row.Key, sample, new CapabilityScore { Outcome = score.Outcome, Value = score.Value }))),
        ],
    };
}
