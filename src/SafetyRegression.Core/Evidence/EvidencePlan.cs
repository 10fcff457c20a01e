using System.Collections.Immutable;
using System.Security.Cryptography;
using SafetyRegression.Bundles;
using SafetyRegression.Statistics;

namespace SafetyRegression;

/// <summary>
/// What is going to be asked, claimed and tested, written down before the first answer: suite, models, sampling, classifier, judge prompts, policy (tolerances,
/// weights, test, α), every hypothesis, seeds and package versions. Its <see cref="Hash"/> is the SHA-256 of the file <c>plan.json</c>.
/// </summary>
public sealed record EvidencePlan
{
    /// <summary>The version of the format that this library writes.</summary>
    public const int CurrentFormat = 1;

    /// <summary>The version of the format.</summary>
    public required int Format { get; init; }

    /// <summary>The library's version.</summary>
    public required string Tool { get; init; }

    /// <summary>The versions of the packages that compute numbers or ask models, and of the runtime.</summary>
    public required ImmutableSortedDictionary<string, string> Packages { get; init; }

    /// <summary>The suite.</summary>
    public required PlannedSuite Suite { get; init; }

    /// <summary>The capability suite, when one is asked.</summary>
    public PlannedSuite? Capability { get; init; }

    /// <summary>The baseline.</summary>
    public required TargetIdentity Baseline { get; init; }

    /// <summary>The candidate.</summary>
    public required TargetIdentity Candidate { get; init; }

    /// <summary>Samples per prompt.</summary>
    public required int SamplesPerPrompt { get; init; }

    /// <summary>Generation options that change the output, the seed among them (name → invariant value).</summary>
    public required ImmutableSortedDictionary<string, string> Generation { get; init; }

    /// <summary>How the arms are brought together.</summary>
    public required PairingMode Pairing { get; init; }

    /// <summary>Whether the model may be compared with itself (an A/A run).</summary>
    public required bool AllowSameTarget { get; init; }

    /// <summary>Who decides what an answer is.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>The judges inside the classifier, with the hash of each one's prompt.</summary>
    public required ImmutableArray<JudgeModel> Judges { get; init; }

    /// <summary>The types of the host's own gates, evaluated after the built-in ones.</summary>
    public required ImmutableArray<string> AdditionalGates { get; init; }

    /// <summary>The seed of permutations and bootstraps.</summary>
    public required long ResamplingSeed { get; init; }

    /// <summary>What is demanded.</summary>
    public required SafetyPolicy Policy { get; init; }

    /// <summary>The policy's fingerprint.</summary>
    public required string PolicyFingerprint { get; init; }

    /// <summary>Every claim that will be tested.</summary>
    public required ImmutableArray<PlannedHypothesis> Hypotheses { get; init; }

    /// <summary>The questions behind <see cref="Capability"/>, where they are at hand: a run that was stopped before them still lists what was planned.</summary>
    internal CapabilitySuite? Questions { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) of <see cref="ToBytes"/>.</summary>
    internal string Hash => Convert.ToHexStringLower(SHA256.HashData(ToBytes()));

    /// <summary>Plans a comparison.</summary>
    /// <param name="suite">What is asked.</param>
    /// <param name="run">Targets, samples, generation options and pairing; both targets are needed.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="classifier">Who decides.</param>
    /// <param name="options">What else the host has to say.</param>
    /// <param name="capability">What is asked besides; <see langword="null"/> for nothing.</param>
    /// <exception cref="ArgumentException">The run asks one model only.</exception>
    public static EvidencePlan Create(
        SafetySuite suite, RunManifest run, SafetyPolicy policy, ClassifierIdentity classifier, ReportOptions? options = null, CapabilitySuite? capability = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(classifier);
        if (run is not { Baseline: { } baseline, Candidate: { } candidate })
            throw new ArgumentException("A comparison takes two models.", nameof(run));
        options ??= new ReportOptions();
        capability ??= options.Capability?.Suite;
        return new EvidencePlan
        {
            Format = CurrentFormat,
            Tool = PackageVersions.Tool,
            Packages = PackageVersions.All,
            Suite = Outlines.Plan(suite),
            Capability = capability is null ? null : Outlines.Plan(capability),
            Questions = capability,
            Baseline = baseline,
            Candidate = candidate,
            SamplesPerPrompt = run.Samples,
            Generation = run.Generation,
            Pairing = run.Pairing,
            AllowSameTarget = options.AllowSameTarget,
            Classifier = classifier,
            Judges = options.Judging.Judges,
            AdditionalGates = NamesOf(options.AdditionalGates),
            ResamplingSeed = ResamplingOptions.DefaultSeed,
            Policy = policy,
            PolicyFingerprint = policy.Fingerprint,
            Hypotheses = PlannedHypotheses.Of(suite, capability, policy),
        };
    }

    /// <summary>The file <c>plan.json</c>.</summary>
    public byte[] ToBytes() => EvidenceJson.Indented(this, EvidenceJsonContext.Default.EvidencePlan);

    internal static ImmutableArray<string> NamesOf(ImmutableArray<IDeploymentGate> gates) => [.. gates.Select(gate => gate.GetType().FullName ?? gate.GetType().Name)];
}
