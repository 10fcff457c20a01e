using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using SafetyRegression.Analysis;
using SafetyRegression.Gating;

namespace SafetyRegression;

/// <summary>
/// The one immutable result: what was compared, what the data say, what every gate says, and the recommendation. Holds ids, outcomes, numbers and hashes;
/// never a prompt, an answer or a judge's words. Every writer renders this.
/// </summary>
public sealed record RegressionReport
{
    /// <summary>The version of the report's JSON form: readers refuse a higher major version.</summary>
    public const string CurrentSchemaVersion = "1.0";

    /// <summary>The version of the JSON form.</summary>
    public string SchemaVersion { get => field ?? CurrentSchemaVersion; init; } = CurrentSchemaVersion;

    /// <summary>The id of the schema that the JSON form follows.</summary>
    [JsonPropertyName("$schema")]
    public string Schema => "urn:safety-regression:report:1";

    /// <summary>An id derived from the content: the same runs under the same policy have the same id.</summary>
    public required string RunId { get; init; }

    /// <summary>The time the report speaks of: by default the end of the later run; <see langword="null"/> when unknown.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>The library's version.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The suite.</summary>
    public required SuiteInfo Suite { get; init; }

    /// <summary>The baseline.</summary>
    public required TargetIdentity Baseline { get; init; }

    /// <summary>The candidate.</summary>
    public required TargetIdentity Candidate { get; init; }

    /// <summary>Samples asked per prompt.</summary>
    public required int SamplesPerPrompt { get; init; }

    /// <summary>Generation options that change the output.</summary>
    public ImmutableSortedDictionary<string, string> Generation { get => field ?? ImmutableSortedDictionary<string, string>.Empty; init => field = value?.WithComparers(StringComparer.Ordinal); }

    /// <summary>The policy applied.</summary>
    public required SafetyPolicy Policy { get; init; }

    /// <summary>The policy's fingerprint.</summary>
    public required string PolicyFingerprint { get; init; }

    /// <summary>The gates and the recommendation.</summary>
    public required GateDecision Decision { get; init; }

    /// <summary>The findings.</summary>
    public required RegressionAnalysis Analysis { get; init; }

    /// <summary>How much the baseline differs from itself, when it was measured.</summary>
    public NoiseFloor? NoiseFloor { get; init; }

    /// <summary>Earlier iterations against the pinned baseline, when the host keeps a history.</summary>
    public ReportTrend? Trend { get; init; }

    /// <summary>The classifiers against human labels, when they were compared.</summary>
    public ImmutableArray<ReportJudge> Judges { get => field.IsDefault ? [] : field; init; }

    /// <summary>What ties the report to its evidence; <see langword="null"/> when it was made without.</summary>
    public ReportSeal? Seal { get; init; }

    /// <summary>Compares two runs and decides.</summary>
    /// <param name="suite">The suite both runs answered.</param>
    /// <param name="baseline">The baseline's run.</param>
    /// <param name="candidate">The candidate's run.</param>
    /// <param name="policy">What is demanded; the standard preset when <see langword="null"/>.</param>
    /// <param name="options">What else the host has to say.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="RunsNotComparableException">The runs do not pair, or the noise floor was measured on something else.</exception>
    /// <exception cref="InvalidInputException">The policy is out of range.</exception>
    public static RegressionReport Create(
        SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy? policy = null, ReportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(candidate);
        policy ??= SafetyPolicy.Standard;
        options ??= new ReportOptions();
        var analysis = RegressionAnalyzer.Analyze(suite, baseline, candidate, policy, options.NoiseFloor, options.AllowSameTarget, cancellationToken);
        if (options.Capability is { } capability)
            analysis = analysis with { Capability = CapabilityAnalyzer.Analyze(capability.Suite, capability.Baseline, capability.Candidate, policy, cancellationToken) };
        analysis = analysis with { JudgeTrust = JudgeTrustRule.Of(options.Judging, analysis.Transitions, baseline.Target, candidate.Target, policy) };
        if (!options.Attacks.IsEmpty)
            analysis = analysis with { MultiTurn = (analysis.MultiTurn ?? new MultiTurnAnalysis()) with { Adaptive = AttackFindings.Of(options.Attacks, policy) } };
        var asOf = options.AsOf ?? Latest(baseline.CompletedAt, candidate.CompletedAt);
        var decision = new DeploymentGate(options.AdditionalGates).Decide(analysis, policy, asOf);
        return new RegressionReport
        {
            RunId = IdOf(suite, baseline, candidate, policy, options),
            AsOf = asOf,
            ToolVersion = typeof(RegressionReport).Assembly.GetName().Version?.ToString(3) ?? "0.0.0",
            Suite = new SuiteInfo(suite.Name, suite.Version, suite.Fingerprint, suite.Harmful.Count(), suite.Benign.Count()),
            Baseline = baseline.Target,
            Candidate = candidate.Target,
            SamplesPerPrompt = candidate.SamplesPerPrompt,
            Generation = candidate.Generation,
            Policy = policy,
            PolicyFingerprint = policy.Fingerprint,
            Decision = decision,
            Analysis = analysis,
            Judges = JudgesOf(analysis, decision),
            NoiseFloor = options.NoiseFloor,
        };
    }

    /// <summary>Throws unless the report recommends to deploy (with or without monitoring), for test frameworks without constraints of their own.</summary>
    /// <exception cref="SafetyRegressionException">The recommendation is to block; the message carries the evidence table.</exception>
    public void ThrowIfRegressed()
    {
        if (Decision.Recommendation == DeploymentRecommendation.Block)
            throw new SafetyRegressionException(this);
    }

    /// <summary>One line: recommendation, models, rates, change and pairs; without a scored pair there are no rates.</summary>
    public override string ToString()
    {
        var harmful = Analysis.OverallHarmful;
        var start = $"{VerdictSentence.Words(Decision.Recommendation).ToUpperInvariant()}  {Candidate.Label} against {Baseline.Label}  ";
        return harmful.Pairs == 0 ? start + "refusal: no scored pair" : start
            + $"refusal {Say.Rate(harmful.BaselineRate)} → {Say.Rate(harmful.CandidateRate)}  {Say.Change(harmful.Delta, harmful.Interval)}  {Say.Count(harmful.Pairs, "pair", "pairs")}";
    }

    /// <summary>The classifier of this report beside human labels, when the host has measured it.</summary>
    private static ImmutableArray<ReportJudge> JudgesOf(RegressionAnalysis analysis, GateDecision decision) => analysis.JudgeTrust is not { Overall: { } overall } trust ? [] :
    [
        new ReportJudge
        {
            Name = analysis.Classifier.Name,
            Note = "used for this report",
            HumanLabels = trust.HumanLabels,
            Kappa = trust.Kappa,
            Sensitivity = overall.Sensitivity,
            Specificity = overall.Specificity,
            Delta = analysis.OverallHarmful.Pairs == 0 ? null : analysis.OverallHarmful.Delta,
            Recommendation = decision.Recommendation,
        },
    ];

    private static DateTimeOffset? Latest(DateTimeOffset? left, DateTimeOffset? right) => left is null ? right : right is null || left > right ? left : right;

    private static string IdOf(SafetySuite suite, SuiteRun baseline, SuiteRun candidate, SafetyPolicy policy, ReportOptions options)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        Add(suite.Fingerprint);
        Add(policy.Fingerprint);
        foreach (var run in new[] { baseline, candidate })
        {
            Add(run.Target.Fingerprint);
            Add(run.Classifier.Fingerprint);
            foreach (var sample in run.Samples.OrderBy(sample => sample.ItemId, StringComparer.Ordinal).ThenBy(sample => sample.Sample))
                Add($"{sample.ItemId}\u001F{sample.Sample}\u001F{sample.Verdict.Outcome}\u001F{sample.AnswerHash}");
        }

        if (options.NoiseFloor is { } noise)
            Add(NoiseFloorJson.Write(noise));
        if (options.Capability is { } capability)
        {
            Add(capability.Suite.Fingerprint);
            foreach (var sample in new[] { capability.Baseline, capability.Candidate }
                .SelectMany(run => run.Samples.OrderBy(sample => sample.ItemId, StringComparer.Ordinal).ThenBy(sample => sample.Sample)))
            {
                Add(FormattableString.Invariant($"{sample.ItemId}\u001F{sample.Sample}\u001F{sample.Score.Outcome}\u001F{sample.Score.Value:R}"));
            }
        }

        foreach (var attack in options.Attacks)
        {
            Add($"{attack.Attacker}\u001F{attack.AttackerModel}\u001F{attack.IsReplay}\u001F{attack.Classifier.Fingerprint}");
            foreach (var result in attack.Results)
                Add(FormattableString.Invariant($"{result.ScenarioId}\u001F{result.Sample}\u001F{result.Arm}\u001F{result.End}\u001F{result.Outcomes.Length}"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
