using SafetyRegression.Monitoring;

namespace SafetyRegression;

/// <summary>
/// The pinned baselines of a folder, in the manner of snapshot tools: a run writes <c>LINEAGE.received.json</c>, a person accepts it, and only then it is
/// <c>LINEAGE.json</c>, to be committed. Nothing is ever accepted by a run.
/// </summary>
public sealed class BaselineStore
{
    internal const string Received = ".received";
    private readonly TimeProvider _time;
    private readonly Func<string, string?> _environment;

    /// <summary>Creates a store.</summary>
    /// <param name="folder">The folder; made when something is received.</param>
    /// <param name="timeProvider">The clock of acceptances; <see langword="null"/> for the system's.</param>
    /// <param name="environment">Reads environment variables, to notice a continuous-integration job (<c>CI</c>); <see langword="null"/> for the process's.</param>
    public BaselineStore(string folder, TimeProvider? timeProvider = null, Func<string, string?>? environment = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        (Folder, _time, _environment) = (folder, timeProvider ?? TimeProvider.System, environment ?? Environment.GetEnvironmentVariable);
    }

    /// <summary>Where baselines are kept unless a host says otherwise: below the current directory.</summary>
    public static string DefaultFolder => Path.Combine(".safety", "baselines");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The lineages that have a file here, pinned or received, in ordinal order of their files.</summary>
    public IReadOnlyList<string> Lineages => Directory.Exists(Folder)
        ?
        [
            .. Directory.EnumerateFiles(Folder, "*.json")
                .Select(path => Path.GetFileNameWithoutExtension(path))
                .Select(name => name.EndsWith(Received, StringComparison.Ordinal) ? name[..^Received.Length] : name)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ]
        : [];

    /// <summary>The file of a lineage's pinned baseline.</summary>
    /// <param name="lineage">The lineage.</param>
    public string PathOf(string lineage) => Path.Combine(Folder, LineageName.ToFileName(lineage) + ".json");

    /// <summary>The file of a lineage's received baseline.</summary>
    /// <param name="lineage">The lineage.</param>
    public string ReceivedPathOf(string lineage) => Path.Combine(Folder, LineageName.ToFileName(lineage) + Received + ".json");

    /// <summary>The pinned baseline of a lineage.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <returns>The baseline, or <see langword="null"/> when none is pinned.</returns>
    /// <exception cref="InvalidInputException">The file cannot be used, belongs to another lineage, or was never accepted.</exception>
    public PinnedBaseline? Find(string lineage)
    {
        var path = PathOf(lineage);
        if (Read(lineage, path) is not { } pinned)
            return null;
        return pinned.Approval is not null
            ? pinned
            : throw new InvalidInputException(new InputProblem(Path.GetFileName(path), 0, "approval", "expected who accepted the baseline and why; a received file is accepted, not renamed by hand"));
    }

    /// <summary>The baseline that was received last and that nobody has accepted yet.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <returns>The baseline, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="InvalidInputException">The file cannot be used or belongs to another lineage.</exception>
    public PinnedBaseline? FindReceived(string lineage) => Read(lineage, ReceivedPathOf(lineage));

    /// <summary>Writes what a run would be pinned as, beside the pinned baseline.</summary>
    /// <param name="baseline">The run's baseline; an approval in it is left out.</param>
    /// <returns>The file.</returns>
    public string Receive(PinnedBaseline baseline)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        Directory.CreateDirectory(Folder);
        var ignore = Path.Combine(Folder, ".gitignore");
        if (!File.Exists(ignore))
            WholeFile.Write(ignore, $"*{Received}.json\n");
        var path = ReceivedPathOf(baseline.Lineage);
        WholeFile.Write(path, PinnedBaselineJson.Write(baseline with { Approval = null }));
        return path;
    }

    /// <summary>Pins the received baseline of a lineage.</summary>
    /// <param name="lineage">The lineage.</param>
    /// <param name="acceptance">Who decides and why.</param>
    /// <returns>The pinned baseline.</returns>
    /// <exception cref="BaselineNotAcceptedException">Nothing was received; or in a continuous-integration job; or the run's report recommends to block; each
    /// unless the acceptance says otherwise.</exception>
    /// <exception cref="InvalidInputException">The received file cannot be used, or the acceptance lacks a name or a reason.</exception>
    public PinnedBaseline Accept(string lineage, BaselineAcceptance acceptance)
    {
        ArgumentNullException.ThrowIfNull(acceptance);
        if (string.IsNullOrWhiteSpace(acceptance.By) || string.IsNullOrWhiteSpace(acceptance.Reason))
            throw new InvalidInputException(new InputProblem("acceptance", 0, string.IsNullOrWhiteSpace(acceptance.By) ? "by" : "reason", "expected who accepts the baseline and why"));
        if (!acceptance.InContinuousIntegration && _environment("CI") is { Length: > 0 } ci && !StringComparer.OrdinalIgnoreCase.Equals(ci, "false"))
            throw new BaselineNotAcceptedException("A baseline is accepted by a person, not by a continuous-integration job (CI is set). Accept it on your own machine and commit the file.");
        if (FindReceived(lineage) is not { } received)
            throw new BaselineNotAcceptedException($"Nothing was received for '{lineage}': {ReceivedPathOf(lineage)} is not there. A run of the lineage writes it.");
        var blocked = received.Recommendation == DeploymentRecommendation.Block;
        if (blocked && !acceptance.AgainstAdvice)
            throw new BaselineNotAcceptedException($"The report of this run recommends to block. Accepting it as the baseline of '{lineage}' takes an explicit decision against that advice, which every later report shows.");
        var pinned = received with
        {
            Approval = new BaselineApproval
            {
                By = acceptance.By.Trim(),
                Reason = acceptance.Reason.Trim(),
                At = _time.GetUtcNow(),
                Expires = acceptance.Expires,
                AgainstAdvice = blocked,
            },
        };
        WholeFile.Write(PathOf(lineage), PinnedBaselineJson.Write(pinned));
        File.Delete(ReceivedPathOf(lineage));
        return pinned;
    }

    private static PinnedBaseline? Read(string lineage, string path)
    {
        if (!File.Exists(path))
        {
            RequireNoneAtFormerPath(lineage, path);
            return null;
        }

        var baseline = PinnedBaselineJson.Load(path);
        return StringComparer.Ordinal.Equals(baseline.Lineage, lineage) || StringComparer.Ordinal.Equals(LineageName.ToFileName(baseline.Lineage), lineage)
            ? baseline
            : throw new InvalidInputException(new InputProblem(Path.GetFileName(path), 0, "lineage", $"expected '{lineage}'; the file is of '{baseline.Lineage}', whose place is {LineageName.ToFileName(baseline.Lineage)}"));
    }

    /// <summary>A baseline where earlier versions kept it is not passed over in silence: without it nothing would be compared.</summary>
    private static void RequireNoneAtFormerPath(string lineage, string path)
    {
        var (now, before) = (LineageName.ToFileName(lineage), LineageName.ToUnmarkedFileName(lineage));
        var former = Path.Combine(Path.GetDirectoryName(path)!, string.Concat(before, Path.GetFileName(path).AsSpan(now.Length)));
        if (!StringComparer.Ordinal.Equals(now, before) && File.Exists(former) && StringComparer.Ordinal.Equals(PinnedBaselineJson.Load(former).Lineage, lineage))
        {
            throw new InvalidInputException(new InputProblem(
                Path.GetFileName(former), 0, "lineage", $"expected the baseline of '{lineage}' in {Path.GetFileName(path)}: lineages no longer share files. Rename it, and {before}.jsonl of the histories to {now}.jsonl"));
        }
    }
}
