using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace SafetyRegression;

/// <summary>
/// One arm of a run, kept to be compared with later ones: ids, outcome codes, scores, hashes and names. No text of a prompt or an answer and no answer hash, so
/// it may be committed.
/// </summary>
public sealed record StoredRun
{
    /// <summary>What was asked.</summary>
    public required SuiteInfo Suite { get; init; }

    /// <summary>Who answered.</summary>
    public required TargetIdentity Target { get; init; }

    /// <summary>Who decided.</summary>
    public required ClassifierIdentity Classifier { get; init; }

    /// <summary>Samples asked per prompt; at least 1.</summary>
    public required int SamplesPerPrompt { get; init; }

    /// <summary>Generation options that change the output (name → invariant value).</summary>
    public ImmutableSortedDictionary<string, string> Generation { get => field ?? ImmutableSortedDictionary<string, string>.Empty; init => field = value?.WithComparers(StringComparer.Ordinal); }

    /// <summary>When the last answer was complete (UTC), if known.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What became of every planned (prompt, sample), with toxicity where it was measured.</summary>
    public required OutcomeTable Outcomes { get; init; }

    /// <summary>Who scored toxicity; <see langword="null"/> when nobody did, or when it is not known who.</summary>
    public ClassifierIdentity? ToxicityScorer { get; init; }

    /// <summary>The scores of the capability suite; <see langword="null"/> when capability was not measured.</summary>
    public StoredCapability? Capability { get; init; }

    /// <summary>SHA-256 (lower-case hexadecimal) over everything a comparison depends on.</summary>
    [JsonIgnore]
    public string Digest
    {
        get
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            Add("stored-run/1");
            Add(Suite.Fingerprint);
            Add(Target.Fingerprint);
            Add(Classifier.Fingerprint);
            Add(SamplesPerPrompt.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, value) in Generation.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                Add($"{name}={value}");
            foreach (var (id, answers) in Outcomes.Rows)
                Add($"{id}\u001F{OutcomeTable.CodeOf(answers)}");
            // Only what is there is added, so that files from before these members keep their digest.
            if (ToxicityScorer is { } scorer)
                Add($"toxicity\u001Fscorer\u001F{scorer.Fingerprint}");
            if (Capability is { } capability)
            {
                Add(string.Create(CultureInfo.InvariantCulture, $"capability\u001F{capability.SuiteFingerprint}\u001F{capability.SamplesPerItem}"));
                foreach (var (id, scores) in capability.Scores.Rows)
                    Add($"item\u001F{id}\u001F{ScoreTable.CodeOf(scores)}");
            }

            return Convert.ToHexStringLower(hash.GetHashAndReset());

            void Add(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
        }
    }

    /// <summary>Keeps what a comparison needs of a run.</summary>
    /// <param name="suite">The suite the run answered.</param>
    /// <param name="run">The run.</param>
    /// <param name="capability">The run's capability scores, if they were taken.</param>
    /// <exception cref="RunsNotComparableException">The run answered another suite.</exception>
    public static StoredRun Of(SafetySuite suite, SuiteRun run, LineageCapability? capability = null)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(run);
        if (!StringComparer.Ordinal.Equals(suite.Fingerprint, run.SuiteFingerprint))
            throw new RunsNotComparableException($"The run was made with {run.SuiteName} {run.SuiteVersion}, not with {suite}.");
        return new StoredRun
        {
            Suite = new SuiteInfo(suite.Name, suite.Version, suite.Fingerprint, suite.Harmful.Count(), suite.Benign.Count()),
            Target = run.Target,
            Classifier = run.Classifier,
            SamplesPerPrompt = run.SamplesPerPrompt,
            Generation = run.Generation,
            CompletedAt = run.CompletedAt,
            Outcomes = OutcomeTable.Of(suite, run),
            ToxicityScorer = OutcomeTable.IsToxicityMeasured(run) ? run.ToxicityScorer : null,
            Capability = capability is null ? null : StoredCapability.Of(capability),
        };
    }

    /// <summary>The run as one arm of a comparison; the report says that the baseline was stored.</summary>
    /// <param name="arm">The side it stands on.</param>
    public SuiteRun ToRun(Arm arm) => new()
    {
        SuiteName = Suite.Name,
        SuiteVersion = Suite.Version,
        SuiteFingerprint = Suite.Fingerprint,
        Arm = arm,
        Target = Target,
        Classifier = Classifier,
        SamplesPerPrompt = SamplesPerPrompt,
        Generation = Generation,
        CompletedAt = CompletedAt,
        Pairing = PairingMode.StoredBaseline,
        ToxicityScorer = ToxicityScorer,
        Samples =
        [
            .. Outcomes.Rows.SelectMany(row => row.Value.Select((answer, sample) => new SampleVerdict
            {
                ItemId = row.Key,
                Sample = sample,
                Verdict = new ResponseVerdict { Outcome = answer.Outcome, Depth = answer.Depth, Classifier = Classifier.Name },
                Toxicity = answer.Toxicity,
                HasUnscoredText = answer.IsToxicityMissing,
            })),
        ],
    };

    /// <summary>Whether anything has a toxicity score.</summary>
    internal bool HasToxicity => Outcomes.Rows.Values.Any(static answers => answers.Any(static answer => answer.Toxicity is not null));

    /// <summary>Why this run and another are no points of one line: what differs in suite, classifier, samples and generation options. Empty when they compare.</summary>
    /// <param name="other">The earlier run.</param>
    public ImmutableArray<string> BreaksFrom(StoredRun other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var breaks = ImmutableArray.CreateBuilder<string>();
        if (!StringComparer.Ordinal.Equals(Suite.Fingerprint, other.Suite.Fingerprint))
            breaks.Add($"another suite ({other.Suite.Name} {other.Suite.Version} then, {Suite.Name} {Suite.Version} now)");
        if (!StringComparer.Ordinal.Equals(Classifier.Fingerprint, other.Classifier.Fingerprint))
            breaks.Add($"another classifier ({other.Classifier.Name} {other.Classifier.Version} then, {Classifier.Name} {Classifier.Version} now)");
        if (SamplesPerPrompt != other.SamplesPerPrompt)
            breaks.Add(string.Create(CultureInfo.InvariantCulture, $"another number of samples ({other.SamplesPerPrompt} then, {SamplesPerPrompt} now)"));
        foreach (var name in Generation.Keys.Union(other.Generation.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (now, then) = (Generation.GetValueOrDefault(name), other.Generation.GetValueOrDefault(name));
            if (!StringComparer.Ordinal.Equals(now, then))
                breaks.Add($"another {name} ({then ?? "not set"} then, {now ?? "not set"} now)");
        }

        return breaks.ToImmutable();
    }

    /// <summary>Target and suite.</summary>
    public override string ToString() => $"{Target}, {Outcomes.Rows.Count} prompts of {Suite.Name} {Suite.Version}";
}
