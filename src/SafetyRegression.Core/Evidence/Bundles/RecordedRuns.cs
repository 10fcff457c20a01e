using System.Collections.Immutable;
using System.Globalization;

namespace SafetyRegression.Bundles;

/// <summary>The arms as the lines of <c>outcomes.jsonl</c> tell them.</summary>
internal sealed class RecordedRuns
{
    private readonly Dictionary<Arm, (SuiteRun Run, ImmutableArray<SampleVerdict>.Builder Samples)> _runs = [];
    private readonly Dictionary<Arm, (CapabilityRun Run, ImmutableArray<CapabilitySample>.Builder Samples)> _capability = [];

    private readonly List<(AttackComparison Header, ImmutableArray<AttackResult>.Builder Results)> _attacks = [];

    internal EvidenceEnd? End { get; private set; }

    internal int Outcomes { get; private set; }

    internal SuiteRun? Run(Arm arm) => _runs.TryGetValue(arm, out var run) ? run.Run with { Samples = run.Samples.ToImmutable() } : null;

    internal CapabilityRun? Capability(Arm arm) => _capability.TryGetValue(arm, out var run) ? run.Run with { Samples = run.Samples.ToImmutable() } : null;

    internal ImmutableArray<AttackComparison> Attacks => [.. _attacks.Select(attacks => attacks.Header with { Results = attacks.Results.ToImmutable() })];

    internal static RecordedRuns Read(List<(int Line, EvidenceRecord Record)> records, List<EvidenceProblem> problems)
    {
        var runs = new RecordedRuns();
        foreach (var (line, record) in records)
        {
            if (!runs.Add(record))
                problems.Add(new EvidenceProblem(string.Create(CultureInfo.InvariantCulture, $"{BundleFiles.Outcomes} line {line}"), "not a record that may stand here"));
        }

        return runs;
    }

    private bool Add(EvidenceRecord record)
    {
        object?[] contents = [record.Run, record.Outcome, record.CapabilityRun, record.Score, record.Attacks, record.Attack, record.End];
        if (End is not null || contents.Count(content => content is not null) != 1)
            return false;
        switch (record)
        {
            case { Run: { Samples.IsDefaultOrEmpty: true } run }:
                return _runs.TryAdd(run.Arm, (run, ImmutableArray.CreateBuilder<SampleVerdict>()));
            case { Outcome: { } outcome } when _runs.TryGetValue(outcome.Arm, out var run):
                run.Samples.Add(outcome.Verdict);
                break;
            case { CapabilityRun: { Samples.IsDefaultOrEmpty: true } capability }:
                return _capability.TryAdd(capability.Arm, (capability, ImmutableArray.CreateBuilder<CapabilitySample>()));
            case { Score: { } score } when _capability.TryGetValue(score.Arm, out var capability):
                capability.Samples.Add(score.Sample);
                break;
            case { Attacks: { Results.IsDefaultOrEmpty: true } attacks }:
                _attacks.Add((attacks, ImmutableArray.CreateBuilder<AttackResult>()));
                return true;
            case { Attack: { } result } when _attacks.Count > 0:
                _attacks[^1].Results.Add(result);
                break;
            case { End: { } end }:
                End = end;
                return true;
            default:
                return false;
        }

        Outcomes++;
        return true;
    }
}
