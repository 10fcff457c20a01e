using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using SafetyRegression.Bundles;
using SafetyRegression.RunLogs;

namespace SafetyRegression;

/// <summary>
/// Everything somebody else needs to make a report again and compare: the plan that was frozen before the run, the outcomes of both arms without their texts
/// in a hash chain, and the report. Written as a folder or one zip; <see cref="Verify"/> recomputes every number through the same analyzer and gates.
/// </summary>
public sealed class Evidence
{
    private readonly SafetySuite _suite;
    private readonly SuiteRun _baseline;
    private readonly SuiteRun _candidate;
    private readonly CapabilityComparison? _capability;
    private readonly ImmutableArray<AttackComparison> _attacks;
    private readonly EvidenceEnd _end;
    private readonly FrozenPlan _plan;

    private Evidence(SafetySuite suite, SuiteRun baseline, SuiteRun candidate, CapabilityComparison? capability, ImmutableArray<AttackComparison> attacks, FrozenPlan plan, EvidenceEnd end, RegressionReport report)
    {
        (_suite, _baseline, _candidate, _capability, _attacks, _plan, _end, Report) = (suite, baseline, candidate, capability, attacks, plan, end, report);
    }

    /// <summary>The name of the folder that holds a bundle beside its report files.</summary>
    public const string FolderName = BundleFiles.Folder;

    /// <summary>The report, with its seal.</summary>
    public RegressionReport Report { get; }

    /// <summary>The plan.</summary>
    public EvidencePlan Plan => _plan.Plan;

    /// <summary>The capability scores behind the report, if there are any.</summary>
    internal CapabilityComparison? Capability => _capability;

    /// <summary>What ties the report to this evidence.</summary>
    public ReportSeal Seal => Report.Seal!;

    /// <summary>Compares two runs, decides, and seals the report.</summary>
    /// <param name="suite">The suite both runs answered.</param>
    /// <param name="baseline">The baseline's run.</param>
    /// <param name="candidate">The candidate's run.</param>
    /// <param name="policy">What is demanded; the standard preset when <see langword="null"/>.</param>
    /// <param name="options">What else the host has to say.</param>
    /// <param name="plan">The plan; when <see langword="null"/> it is made now, and the seal says that the answers were there already.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="RunsNotComparableException">The runs do not pair, or are not those that the plan speaks of.</exception>
    /// <exception cref="InvalidInputException">The policy is out of range.</exception>
    public static Evidence Create(
        SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy? policy = null, ReportOptions? options = null, FrozenPlan? plan = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        policy ??= SafetyPolicy.Standard;
        options ??= new ReportOptions();
        var report = RegressionReport.Create(suite, baseline, candidate, policy, options, cancellationToken);
        plan ??= FrozenPlan.AfterAnswers(EvidencePlan.Create(suite, ManifestOf(baseline, candidate, suite), policy, candidate.Classifier, options));
        var strays = PlanAgreement.Of(plan.Plan, suite.Fingerprint, baseline, candidate, options.Capability, policy).ToList();
        if (strays.Count > 0)
            throw new RunsNotComparableException($"The plan speaks of something else than these runs: {strays[0]}.");
        var end = new EvidenceEnd
        {
            AsOf = report.AsOf,
            Timing = plan.Timing,
            FrozenAt = plan.FrozenAt,
            OriginalPlan = plan.Original is null ? null : EvidenceJson.Hash(plan.Original),
            NoiseFloor = options.NoiseFloor,
            Judging = options.Judging == JudgingEvidence.None ? null : options.Judging,
        };
        return Sealed(suite, baseline, candidate, options.Capability, options.Attacks, plan, end, report);
    }

    /// <summary>
    /// Recomputes every number of a bundle through the real analyzer and gates, walks its hash chains, and compares the report files beside it. Needs no key
    /// and no model. Never throws for what is wrong with the bundle: that is the result.
    /// </summary>
    /// <param name="path">A bundle's folder, the folder with the report files and <c>evidence</c> below it, or a zip.</param>
    /// <param name="options">What the verifier brings along.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    public static EvidenceVerification Verify(string path, EvidenceVerificationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return BundleVerifier.Verify(path, options ?? new EvidenceVerificationOptions(), cancellationToken);
    }

    /// <summary>
    /// Evidence of this report with what a host added to it that does not follow from the outcomes: the trend, other judges, gates of a lineage. The additions
    /// enter the chain, so the head is another one.
    /// </summary>
    /// <param name="report">This evidence's report with additions.</param>
    /// <exception cref="ArgumentException">It is another report, or something in it was changed rather than added.</exception>
    public Evidence With(RegressionReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var plain = Report with { Seal = null };
        var additions = HostAdditions.Between(plain, report);
        var end = _end with { Additions = additions };
        return string.Equals(ReportJson.Write(HostAdditions.Apply(plain, additions)), ReportJson.Write(report with { Seal = null }), StringComparison.Ordinal)
            ? Sealed(_suite, _baseline, _candidate, _capability, _attacks, _plan, end, report)
            : throw new ArgumentException("It is not this evidence's report with additions.", nameof(report));
    }

    /// <summary>Writes the bundle as files into a folder, which is created. Files of an earlier bundle are replaced.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Key and texts.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public async Task WriteAsync(string folder, EvidenceBundleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        Delete(folder);
        Directory.CreateDirectory(folder);
        await foreach (var (name, bytes) in FilesAsync(options, cancellationToken).ConfigureAwait(false))
        {
            var stream = new FileStream(
                Path.Combine(folder, name), name == BundleFiles.Texts ? PrivateFiles.Options(FileMode.Create, FileAccess.Write, FileShare.None) : new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write });
            await using (stream.ConfigureAwait(false))
                await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Removes the files of a bundle from a folder, and the folder when nothing else is in it.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public static void Delete(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        if (!Directory.Exists(folder))
            return;
        foreach (var name in BundleFiles.All)
            File.Delete(Path.Combine(folder, name));
        if (!Directory.EnumerateFileSystemEntries(folder).Any())
            Directory.Delete(folder);
    }

    /// <summary>Writes the bundle as one zip. The same evidence gives the same bytes.</summary>
    /// <param name="destination">Where to; left open.</param>
    /// <param name="options">Key and texts.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    public async Task WriteZipAsync(Stream destination, EvidenceBundleOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        var archive = new ZipArchive(destination, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        await using (archive.ConfigureAwait(false))
        {
            await foreach (var (name, bytes) in FilesAsync(options, cancellationToken).ConfigureAwait(false))
            {
                var entry = archive.CreateEntry(name);
                entry.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
                var stream = await entry.OpenAsync(cancellationToken).ConfigureAwait(false);
                await using (stream.ConfigureAwait(false))
                    await stream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>The report's id and the head.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"evidence of {Report.RunId}: head sha256:{Seal.Head}, {Seal.Records} records");

    internal static ReportSeal SealOf(string plan, string head, int records, EvidenceEnd end) =>
        new() { Plan = plan, Timing = end.Timing, FrozenAt = end.FrozenAt, OriginalPlan = end.OriginalPlan, Head = head, Records = records };

    private static Evidence Sealed(
        SafetySuite suite, SuiteRun baseline, SuiteRun candidate, CapabilityComparison? capability, ImmutableArray<AttackComparison> attacks, FrozenPlan plan, EvidenceEnd end, RegressionReport report)
    {
        var (head, records) = (plan.Hash, 0);
        foreach (var line in OutcomeLines.Of(plan.Hash, baseline, candidate, capability, attacks, end))
            (head, records) = (EvidenceJson.Hash(line), records + 1);
        return new Evidence(suite, baseline, candidate, capability, attacks, plan, end, report with { Seal = SealOf(plan.Hash, head, records, end) });
    }

    private static RunManifest ManifestOf(SuiteRun baseline, SuiteRun candidate, SafetySuite suite) => new()
    {
        SuiteName = suite.Name,
        SuiteVersion = suite.Version,
        SuiteFingerprint = suite.Fingerprint,
        Items = suite.Prompts.Length,
        Samples = candidate.SamplesPerPrompt,
        Baseline = baseline.Target,
        Candidate = candidate.Target,
        Generation = candidate.Generation,
        Pairing = candidate.Pairing,
    };

    private async IAsyncEnumerable<(string Name, byte[] Bytes)> FilesAsync(EvidenceBundleOptions? options, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = new List<(string Name, byte[] Bytes)> { (BundleFiles.Plan, _plan.Bytes) };
        if (_plan.Original is { } original)
            files.Add((BundleFiles.OriginalPlan, original));
        files.Add((BundleFiles.Prompts, Outlines.Join(Outlines.Lines(_suite))));
        if ((_capability?.Suite ?? Plan.Questions) is { } questions)
            files.Add((BundleFiles.Capability, Outlines.Join(Outlines.Lines(questions))));
        files.Add((BundleFiles.Outcomes, Outlines.Join(OutcomeLines.Of(_plan.Hash, _baseline, _candidate, _capability, _attacks, _end))));
        files.Add((BundleFiles.Report, Encoding.UTF8.GetBytes(ReportJson.Write(Report) + "\n")));
        foreach (var file in files)
            yield return file;
        var manifest = EvidenceJson.Indented(BundleManifest.Of(Seal.Plan, Seal.Head, files), EvidenceJsonContext.Default.BundleManifest);
        yield return (BundleFiles.Manifest, manifest);
        if (options?.Key is { } key)
            yield return (BundleFiles.Signature, EvidenceJson.Indented(key.Sign(manifest), EvidenceJsonContext.Default.BundleSignature));
        if (options?.Answers is { } answers)
            yield return (BundleFiles.Texts, await BundleTexts.WriteAsync(_suite, answers, cancellationToken).ConfigureAwait(false));
    }
}
