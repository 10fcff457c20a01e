using System.Collections.Immutable;
using System.Text.Json;

namespace SafetyRegression.Bundles;

/// <summary>The outcomes of both arms as chained lines that start from the plan.</summary>
internal static class OutcomeLines
{
    internal static IEnumerable<byte[]> Of(string plan, SuiteRun baseline, SuiteRun candidate, CapabilityComparison? capability, ImmutableArray<AttackComparison> attacks, EvidenceEnd end)
    {
        var head = plan;
        foreach (var record in Records(baseline, candidate, capability, attacks, end))
        {
            var line = JsonSerializer.SerializeToUtf8Bytes(record with { P = head }, EvidenceJsonContext.Default.EvidenceRecord);
            head = EvidenceJson.Hash(line);
            yield return line;
        }
    }

    private static IEnumerable<EvidenceRecord> Records(SuiteRun baseline, SuiteRun candidate, CapabilityComparison? capability, ImmutableArray<AttackComparison> attacks, EvidenceEnd end)
    {
        var record = new EvidenceRecord { P = string.Empty };
        foreach (var run in new[] { baseline, candidate })
        {
            yield return record with { Run = run with { Samples = [] } };
            foreach (var sample in run.Samples)
                yield return record with { Outcome = new ArmOutcome(run.Arm, sample) };
        }

        foreach (var run in capability is null ? [] : new[] { capability.Baseline, capability.Candidate })
        {
            yield return record with { CapabilityRun = run with { Samples = [] } };
            foreach (var sample in run.Samples)
                yield return record with { Score = new ArmScore(run.Arm, sample) };
        }

        foreach (var comparison in attacks)
        {
            yield return record with { Attacks = comparison with { Results = [] } };
            foreach (var result in comparison.Results)
                yield return record with { Attack = result };
        }

        yield return record with { End = end };
    }
}
