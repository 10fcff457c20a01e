namespace SafetyRegression;

/// <summary>
/// The baseline that every iteration of a lineage is compared with until a person accepts another one: a file to be committed. It never follows by itself;
/// a baseline that followed every accepted run would let slow drift through.
/// </summary>
public sealed record PinnedBaseline
{
    /// <summary>The version of the file's form: readers refuse a higher major version.</summary>
    public const string CurrentSchemaVersion = "1.1";

    /// <summary>The version of the file's form.</summary>
    public string SchemaVersion { get => field ?? CurrentSchemaVersion; init; } = CurrentSchemaVersion;

    /// <summary>The lineage: the product or series of tuned models that is watched.</summary>
    public required string Lineage { get; init; }

    /// <summary>Who accepted it, when and why; <see langword="null"/> in a received file that nobody has accepted yet.</summary>
    public BaselineApproval? Approval { get; init; }

    /// <summary>What the run's own report recommended; <see langword="null"/> when there was none (the first run of a lineage).</summary>
    public DeploymentRecommendation? Recommendation { get; init; }

    /// <summary>The id of the run's own report, if any.</summary>
    public string? ReportId { get; init; }

    /// <summary>Its rates, for people; comparisons use the outcomes.</summary>
    public required RunRates Rates { get; init; }

    /// <summary>How the classifier labelled the fixed canary answers when the run was judged; later readings are compared with it.</summary>
    public CanaryReading? Canary { get; init; }

    /// <summary>The outcomes.</summary>
    public required StoredRun Run { get; init; }

    /// <summary>The run's digest: outcomes edited by hand do not match it and are refused.</summary>
    public required string Digest { get; init; }

    /// <summary>
    /// SHA-256 (lower-case hexadecimal) over the whole file but this member: acceptance, recommendation and rates too. A file edited by hand does not match it
    /// and is refused; whoever makes it again is not, for it is no signature. Set when the baseline is written; <see langword="null"/> in files of version
    /// 1.0, of which <see cref="Digest"/> alone is checked.
    /// </summary>
    public string? Seal { get; init; }

    /// <summary>What a run would be pinned as.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="suite">The suite.</param>
    /// <param name="run">The run.</param>
    /// <param name="policy">Says how outcomes count.</param>
    /// <param name="report">The run's own report, if any.</param>
    /// <param name="canary">The canary reading made with the run, if any.</param>
    /// <param name="capability">The run's capability scores, if they were taken.</param>
    public static PinnedBaseline Propose(
        string lineage, SafetySuite suite, SuiteRun run, SafetyPolicy policy, RegressionReport? report = null, CanaryReading? canary = null, LineageCapability? capability = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(lineage);
        var stored = StoredRun.Of(suite, run, capability);
        return new PinnedBaseline
        {
            Lineage = lineage,
            Recommendation = report?.Decision.Recommendation,
            ReportId = report?.RunId,
            Rates = RunRates.Of(suite, run, policy),
            Canary = canary,
            Run = stored,
            Digest = stored.Digest,
        };
    }

    /// <summary>Lineage, target and acceptance.</summary>
    public override string ToString() => $"{Lineage}: {Run}, {(Approval is null ? "not accepted" : $"accepted by {Approval.By}")}";
}
