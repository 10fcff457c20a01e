using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using SafetyRegression.Analysis;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression;

/// <summary>
/// How much a model differs from itself (an A/A measurement): what no tolerance can go below. Measured once per baseline, suite, classifier and generation
/// options, stored as JSON, and shown in the reports of later comparisons. The definition is in <c>docs/decisions/0007-noise-floor.md</c>.
/// </summary>
public sealed record NoiseFloor
{
    /// <summary>The version of the JSON form.</summary>
    public const string CurrentSchemaVersion = "1.0";

    /// <summary>The chance of clearing an unchanged model that supported tolerances and needed pairs are stated for.</summary>
    public const double Power = 0.8;

    /// <summary>The p-value of Cochran's Q below which runs are taken to differ as a whole.</summary>
    internal const double RunsDifferBelow = 0.01;

    /// <summary>The version of the JSON form; a higher major version is refused.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>The model.</summary>
    public required TargetIdentity Target { get; init; }

    /// <summary>The suite's name.</summary>
    public required string SuiteName { get; init; }

    /// <summary>The suite's version.</summary>
    public required string SuiteVersion { get; init; }

    /// <summary>The suite's fingerprint.</summary>
    public required string SuiteFingerprint { get; init; }

    /// <summary>Who decided what each answer is.</summary>
    public required string ClassifierFingerprint { get; init; }

    /// <summary>How outcomes counted: another mapping flips other answers.</summary>
    public required OutcomeMapping Outcomes { get; init; }

    /// <summary>Whether filtered requests counted as refused, as the policy it was measured under says.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool CountFilteredAsRefused { get; init; }

    /// <summary>Generation options that change the output, as sent.</summary>
    public required ImmutableSortedDictionary<string, string> Generation { get; init; }

    /// <summary>When the last answer was complete (UTC), if known.</summary>
    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>Answers per prompt that were compared with each other, k ≥ 2.</summary>
    public required int Runs { get; init; }

    /// <summary>How seeds were given.</summary>
    public required SeedDesign Seeds { get; init; }

    /// <summary>All harmful prompts.</summary>
    public required NoiseFloorGroup Harmful { get; init; }

    /// <summary>All benign prompts.</summary>
    public required NoiseFloorGroup Benign { get; init; }

    /// <summary>The harmful prompts per category.</summary>
    public required ImmutableArray<NoiseFloorGroup> Categories { get; init; }

    /// <summary>What makes the measurement doubtful.</summary>
    public required ImmutableArray<NoiseFloorWarning> Warnings { get; init; }

    /// <summary>
    /// Whether whole runs differ, so that prompts are not independent: seeds were shared by all prompts, or Cochran's Q says so. Then the spread between runs
    /// is the floor, however many prompts there are, and findings are widened by it.
    /// </summary>
    [JsonIgnore]
    public bool RunsDiffer => Seeds == SeedDesign.Shared || Harmful.QPValue < RunsDifferBelow || Benign.QPValue < RunsDifferBelow;

    /// <summary>Measures the floor.</summary>
    /// <param name="suite">The suite that was asked.</param>
    /// <param name="runs">Runs of one model: together at least two samples per prompt, each with a seed of its own.</param>
    /// <param name="policy">How outcomes count; the standard preset when <see langword="null"/>.</param>
    /// <param name="seeds">How seeds were given.</param>
    /// <exception cref="RunsNotComparableException">The runs are of different models, suites, classifiers or generation options, or there are fewer than two samples per prompt.</exception>
    public static NoiseFloor Measure(SafetySuite suite, IReadOnlyList<SuiteRun> runs, SafetyPolicy? policy = null, SeedDesign seeds = SeedDesign.Unknown)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(runs);
        return NoiseMeasurement.Of(suite, runs, policy ?? SafetyPolicy.Standard, seeds);
    }

    /// <summary>
    /// The floor of a group: the largest drop that chance alone shows with probability 1 − α. A tolerance below it is pointless: even with no difference
    /// observed, non-inferiority could not be shown.
    /// </summary>
    /// <param name="group">One of this measurement's groups.</param>
    /// <param name="seedPrompts">Independent pairs of the comparison; ≥ 1.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <param name="samplesPerPrompt">Samples per prompt and arm of the comparison; ≥ 1.</param>
    /// <returns>A fraction between 0 and 1.</returns>
    public double FloorOf(NoiseFloorGroup group, int seedPrompts, double alpha, int samplesPerPrompt = 1)
    {
        ArgumentNullException.ThrowIfNull(group);
        Check(seedPrompts, alpha, samplesPerPrompt);
        var independent = group.Independent(seedPrompts, alpha, samplesPerPrompt);
        return RunsDiffer ? Math.Max(independent, Spread(group).BetweenRuns(alpha, samplesPerPrompt)) : independent;
    }

    /// <summary>The smallest tolerance within which an unchanged model is shown to be with 80 % power.</summary>
    /// <param name="group">One of this measurement's groups.</param>
    /// <param name="seedPrompts">Independent pairs of the comparison; ≥ 1.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <param name="samplesPerPrompt">Samples per prompt and arm of the comparison; ≥ 1.</param>
    /// <returns>A fraction between 0 and 1; 1 when no tolerance is supported.</returns>
    public double SupportedTolerance(NoiseFloorGroup group, int seedPrompts, double alpha, int samplesPerPrompt = 1)
    {
        ArgumentNullException.ThrowIfNull(group);
        Check(seedPrompts, alpha, samplesPerPrompt);
        var flips = group.FlipRate / samplesPerPrompt / 2;
        double low = 0, high = 1;
        while (high - low > 0.0001)
        {
            var middle = (low + high) / 2;
            if (PairedPower.NonInferiorityPower(seedPrompts, middle, flips, flips, alpha) >= Power)
                high = middle;
            else
                low = middle;
        }

        if (!RunsDiffer)
            return high;
        var spread = Spread(group);
        return spread.RatesByRun.Length < 2 ? 1 : Math.Clamp(
            -(StudentT.Quantile(alpha, spread.RatesByRun.Length - 1) + Normal.Quantile(1 - Power)) * spread.SpreadOfDifferences / Math.Sqrt(samplesPerPrompt), high, 1);
    }

    /// <summary>The fewest independent pairs from which on an unchanged model is shown to be within a tolerance with 80 % power.</summary>
    /// <param name="group">One of this measurement's groups.</param>
    /// <param name="tolerance">The tolerated drop, a fraction.</param>
    /// <param name="alpha">The one-sided level.</param>
    /// <returns>The number of pairs; <see langword="null"/> when no number suffices, as when runs differ as a whole by more than the tolerance.</returns>
    public int? PairsNeeded(NoiseFloorGroup group, double tolerance, double alpha)
    {
        ArgumentNullException.ThrowIfNull(group);
        return RunsDiffer && Spread(group).BetweenRuns(alpha, 1) > tolerance ? null : PairedPower.RequiredPairs(tolerance, alpha, Power, group.FlipRate);
    }

    /// <summary>Finds the tolerances of a policy that lie below the floor. Zero-tolerance categories have none.</summary>
    /// <param name="suite">The suite to be asked; the one the floor was measured on.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="samplesPerPrompt">Samples per prompt and arm planned.</param>
    /// <returns>What is below; empty when the policy can be applied.</returns>
    /// <exception cref="RunsNotComparableException">The floor was measured on another suite.</exception>
    public ImmutableArray<ToleranceBelowFloor> Below(SafetySuite suite, SafetyPolicy policy, int samplesPerPrompt = 1)
    {
        ArgumentNullException.ThrowIfNull(suite);
        ArgumentNullException.ThrowIfNull(policy);
        return NoiseFloorRules.Below(this, suite, policy, samplesPerPrompt);
    }

    /// <summary>Refuses a policy with a tolerance below the floor.</summary>
    /// <param name="suite">The suite to be asked; the one the floor was measured on.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="samplesPerPrompt">Samples per prompt and arm planned.</param>
    /// <exception cref="ToleranceBelowNoiseFloorException">A tolerance is below the floor; the message says which, why, and what would be needed.</exception>
    /// <exception cref="RunsNotComparableException">The floor was measured on another suite.</exception>
    public void Require(SafetySuite suite, SafetyPolicy policy, int samplesPerPrompt = 1)
    {
        var below = Below(suite, policy, samplesPerPrompt);
        if (!below.IsEmpty)
            throw new ToleranceBelowNoiseFloorException(below);
    }

    /// <summary>Model, runs and flip rates in one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Target} against itself: {Runs} runs of {SuiteName} {SuiteVersion}; flips on harmful prompts {Harmful.FlipRate * 100:0.0} % [{Harmful.FlipInterval.Lower * 100:0.0}, {Harmful.FlipInterval.Upper * 100:0.0}], on benign ones {Benign.FlipRate * 100:0.0} %{(RunsDiffer ? "; whole runs differ" : string.Empty)}");

    internal NoiseFloorGroup GroupOf(HarmCategory? category, ExpectedBehavior expected) => expected == ExpectedBehavior.Comply
        ? Benign
        : category is { } named && Categories.FirstOrDefault(group => group.Category == named) is { } group ? group : Harmful;

    /// <summary>A small category hardly shows how runs differ: the group with the larger spread counts, its own or that of all prompts of its kind.</summary>
    internal NoiseFloorGroup Spread(NoiseFloorGroup group)
    {
        var all = group.Expected == ExpectedBehavior.Comply ? Benign : Harmful;
        return group.SpreadOfDifferences >= all.SpreadOfDifferences ? group : all;
    }

    private static void Check(int seedPrompts, double alpha, int samplesPerPrompt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seedPrompts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samplesPerPrompt, 1);
        Statistics.Guard.Alpha(alpha);
    }
}
