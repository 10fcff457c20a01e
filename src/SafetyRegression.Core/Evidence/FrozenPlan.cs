using System.Text.Json;
using SafetyRegression.Bundles;

namespace SafetyRegression;

/// <summary>A plan with what is known about when it was made.</summary>
public sealed class FrozenPlan
{
    private FrozenPlan(EvidencePlan plan, byte[] bytes, PlanTiming timing, DateTimeOffset? frozenAt, byte[]? original)
    {
        (Plan, Bytes, Timing, FrozenAt, Original) = (plan, bytes, timing, frozenAt, original);
        Hash = EvidenceJson.Hash(bytes);
    }

    /// <summary>The plan.</summary>
    public EvidencePlan Plan { get; }

    /// <summary>SHA-256 (lower-case hexadecimal) of <c>plan.json</c>.</summary>
    public string Hash { get; }

    /// <summary>When it was made.</summary>
    public PlanTiming Timing { get; }

    /// <summary>When the run that froze it was created, if known.</summary>
    public DateTimeOffset? FrozenAt { get; }

    internal byte[] Bytes { get; }

    /// <summary>The plan that had been frozen before, when this is another one.</summary>
    internal byte[]? Original { get; }

    /// <summary>A plan that was made when the answers were there already, or nobody can tell.</summary>
    /// <param name="plan">The plan.</param>
    public static FrozenPlan AfterAnswers(EvidencePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return new FrozenPlan(plan, plan.ToBytes(), PlanTiming.AfterAnswers, frozenAt: null, original: null);
    }

    /// <summary>
    /// Freezes a plan in a run's folder before the first answer, or finds the one frozen there earlier. A run that has answers but no plan, or another plan, is
    /// said to be so: nothing is overwritten.
    /// </summary>
    /// <param name="log">The run, opened for writing.</param>
    /// <param name="plan">The plan.</param>
    /// <exception cref="IOException">The plan cannot be written.</exception>
    public static FrozenPlan Freeze(RunLog log, EvidencePlan plan) => Of(log, plan, freeze: true);

    /// <summary>Finds the plan that was frozen in a run's folder, and says whether it is this one. Writes nothing.</summary>
    /// <param name="log">The run.</param>
    /// <param name="plan">The plan that is going to be applied.</param>
    public static FrozenPlan Find(RunLog log, EvidencePlan plan) => Of(log, plan, freeze: false);

    private static FrozenPlan Of(RunLog log, EvidencePlan plan, bool freeze)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(plan);
        freeze &= log.Count == 0;
        if (log.Folder.Length == 0)
            return freeze ? new FrozenPlan(plan, plan.ToBytes(), PlanTiming.BeforeAnswers, log.Manifest.CreatedAt, original: null) : AfterAnswers(plan);
        var path = Path.Combine(log.Folder, RunLog.PlanFileName);
        if (!File.Exists(path))
        {
            if (!freeze)
                return AfterAnswers(plan);
            Write(path, plan.ToBytes());
        }

        var frozen = File.ReadAllBytes(path);
        return IsSame(frozen, plan, out var earlier)
            ? new FrozenPlan(earlier, frozen, PlanTiming.BeforeAnswers, log.Manifest.CreatedAt, original: null)
            : new FrozenPlan(plan, plan.ToBytes(), PlanTiming.Changed, log.Manifest.CreatedAt, frozen);
    }

    /// <summary>The same demands on the same comparison; the packages may have been updated while the run was interrupted.</summary>
    private static bool IsSame(byte[] frozen, EvidencePlan plan, out EvidencePlan earlier)
    {
        earlier = plan;
        try
        {
            if (StrictJson.Deserialize(frozen, EvidenceJsonContext.Default.EvidencePlan) is not { } read)
                return false;
            earlier = read with { Questions = plan.Questions };
            return (read with { Packages = plan.Packages }).ToBytes().AsSpan().SequenceEqual(plan.ToBytes());
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        var beside = path + ".tmp";
        using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: false);
    }
}
