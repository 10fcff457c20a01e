using System.Collections.Immutable;

namespace SafetyRegression.Bundles;

/// <summary>
/// What a host adds to a report that does not follow from plan and outcomes: bound by the chain, named as stated, and never able to make a decision less
/// cautious.
/// </summary>
internal sealed record HostAdditions
{
    public ReportTrend? Trend { get; init; }

    /// <summary>Gates beside those that can be recomputed.</summary>
    public ImmutableArray<GateResult> Gates { get => field.IsDefault ? [] : field; init; }

    public ImmutableArray<ReportJudge>? Judges { get; init; }

    /// <summary>What a report has that the one without additions has not; <see langword="null"/> for nothing.</summary>
    internal static HostAdditions? Between(RegressionReport plain, RegressionReport report)
    {
        var known = plain.Decision.Gates.Select(gate => gate.Id).ToHashSet(StringComparer.Ordinal);
        var additions = new HostAdditions
        {
            Trend = report.Trend,
            Gates = [.. report.Decision.Gates.Where(gate => !known.Contains(gate.Id))],
            Judges = report.Judges.SequenceEqual(plain.Judges) ? null : report.Judges,
        };
        return additions is { Trend: null, Gates.IsEmpty: true, Judges: null } ? null : additions;
    }

    /// <summary>The report with the additions.</summary>
    internal static RegressionReport Apply(RegressionReport plain, HostAdditions? additions) => additions is null ? plain : plain with
    {
        Trend = additions.Trend,
        Judges = additions.Judges ?? plain.Judges,
        Decision = additions.Gates.IsEmpty ? plain.Decision : plain.Decision.With(additions.Gates, plain.Analysis, plain.Policy),
    };

    public override string ToString() => string.Join(", ", new[]
    {
        Trend is null ? null : "trend",
        Judges is null ? null : "judges",
        Gates.IsEmpty ? null : "gates " + string.Join(", ", Gates.Select(gate => Reporting.Characters.Line(gate.Id, 40))),
    }.OfType<string>());
}
