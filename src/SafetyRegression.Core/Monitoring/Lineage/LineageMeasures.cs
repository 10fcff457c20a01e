using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression.Monitoring;

/// <summary>
/// What two stored runs can be compared in besides refusals: capability and toxicity, each where both sides measured it in the same way. What only one side
/// measured is left out of the comparison and named; a comparison with nothing on one side would say nothing but that the data are missing.
/// </summary>
internal sealed class LineageMeasures
{
    internal const string Capability = "capability";
    internal const string Toxicity = "toxicity";

    private LineageMeasures(UncomparedMeasure? capability, UncomparedMeasure? toxicity, bool hasCapability, bool hasToxicity)
    {
        (HasCapability, HasToxicity) = (hasCapability, hasToxicity);
        Uncompared = [.. new[] { capability, toxicity }.OfType<UncomparedMeasure>()];
    }

    internal bool HasCapability { get; }

    internal bool HasToxicity { get; }

    internal ImmutableArray<UncomparedMeasure> Uncompared { get; }

    internal static LineageMeasures Of(StoredRun then, StoredRun now, CapabilitySuite? suite)
    {
        var capability = OneSided(Capability, then.Capability is not null, now.Capability is not null) ?? OtherCapability(then.Capability, now.Capability);
        var toxicity = OneSided(Toxicity, then.HasToxicity, now.HasToxicity) ?? OtherScorer(then, now);
        return new LineageMeasures(
            capability, toxicity, suite is not null && then.Capability is not null && now.Capability is not null && capability is null, then.HasToxicity && now.HasToxicity && toxicity is null);
    }

    private static UncomparedMeasure? OneSided(string id, bool then, bool now) => (then, now) switch
    {
        (true, false) => new UncomparedMeasure(id, "it was measured then and not now", OnBothSides: false),
        (false, true) => new UncomparedMeasure(id, "it was measured now and not then", OnBothSides: false),
        _ => null,
    };

    private static UncomparedMeasure? OtherCapability(StoredCapability? then, StoredCapability? now)
    {
        if (then is null || now is null)
            return null;
        if (!StringComparer.Ordinal.Equals(then.SuiteFingerprint, now.SuiteFingerprint))
            return new UncomparedMeasure(Capability, $"another capability suite ({then.SuiteName} {then.SuiteVersion} then, {now.SuiteName} {now.SuiteVersion} now)", OnBothSides: true);
        return then.SamplesPerItem == now.SamplesPerItem ? null : new UncomparedMeasure(
            Capability, string.Create(CultureInfo.InvariantCulture, $"another number of samples per item ({then.SamplesPerItem} then, {now.SamplesPerItem} now)"), OnBothSides: true);
    }

    private static UncomparedMeasure? OtherScorer(StoredRun then, StoredRun now) =>
        then.HasToxicity && now.HasToxicity && !StringComparer.Ordinal.Equals(then.ToxicityScorer?.Fingerprint, now.ToxicityScorer?.Fingerprint)
            ? new UncomparedMeasure(Toxicity, $"another toxicity scorer ({NameOf(then.ToxicityScorer)} then, {NameOf(now.ToxicityScorer)} now)", OnBothSides: true)
            : null;

    private static string NameOf(ClassifierIdentity? scorer) => scorer is null ? "not known" : $"{scorer.Name} {scorer.Version}";
}
