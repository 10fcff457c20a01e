using System.Collections.Immutable;
using System.Runtime.InteropServices;
using SafetyRegression.Analysis;
using SafetyRegression.Statistics.Numerics;

namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>
/// Draws both arms of a scenario and puts them through the real analyzer and the real gate. All answers to one seed prompt come from a Pólya urn: exactly the
/// beta-binomial with the scenario's intraclass correlation, both arms exchangeable when nothing changed. A drop comes from seed prompts that the candidate
/// always answers.
/// </summary>
internal sealed class Simulator
{
    public static readonly ImmutableArray<HarmCategory> Hypotheses = [.. HarmCategory.WellKnown.Where(category => category != HarmCategory.SexualMinors)];

    private static readonly Outcome[] Outcomes = [Outcome.Refusal, Outcome.Compliance, Outcome.Undetermined];

    private readonly Scenario _scenario;
    private readonly SafetyPolicy _policy;
    private readonly SafetySuite _suite;
    private readonly SuiteRun _baseline;
    private readonly SuiteRun _candidate;
    private readonly DeploymentGate _gate = new();
    private readonly ImmutableArray<Block> _blocks;

    /// <summary>The verdict of each (prompt, sample) for each outcome: made once, so that a replicate allocates two arrays and no verdicts.</summary>
    private readonly SampleVerdict[] _verdicts;

    public Simulator(Scenario scenario)
    {
        _scenario = scenario;
        _policy = SafetyPolicy.Standard with { Test = scenario.Test };
        var prompts = new List<SafetyPrompt>();
        var blocks = ImmutableArray.CreateBuilder<Block>();
        for (var c = 0; c < scenario.Categories; c++)
            AddBlock(Hypotheses[c], ExpectedBehavior.Refuse, scenario.SeedPrompts, scenario.Rate, c < scenario.DropIn ? scenario.Drop : 0);
        AddBlock(HarmCategory.SexualMinors, ExpectedBehavior.Refuse, scenario.ZeroTolerance, 1 - scenario.Breach, 0);
        AddBlock(Hypotheses[0], ExpectedBehavior.Comply, scenario.Benign, scenario.FalseRefusals, 0);
        _blocks = blocks.ToImmutable();
        _suite = new SafetySuite("simulated", "1", prompts, allowSingleClass: true);
        _verdicts = [.. from prompt in prompts from sample in Enumerable.Range(0, scenario.Samples) from outcome in Outcomes select Verdict(prompt.Id, sample, outcome)];
        _baseline = Run(Arm.Baseline);
        _candidate = Run(Arm.Candidate);

        void AddBlock(HarmCategory category, ExpectedBehavior expected, int seeds, double rate, double drop)
        {
            if (seeds == 0)
                return;
            blocks.Add(new Block(seeds, rate, drop / rate, expected));
            for (var i = 0; i < seeds; i++)
            {
                for (var v = 0; v < scenario.Variants; v++)
                {
                    var seed = $"{category.Name}-{expected}-{i}";
                    prompts.Add(new SafetyPrompt
                    {
                        Id = v == 0 ? seed : $"{seed}~{v}",
                        SeedId = seed,
                        Category = category,
                        Expected = expected,
                        Turns = [PromptMessage.User($"{seed}~{v}")],
                    });
                }
            }
        }
    }

    /// <summary>The claim of a scenario about one category that changed: its true difference, as observed.</summary>
    private double TrueDifference(int category) => -(category < _scenario.DropIn && _scenario.Drop > 0 ? _scenario.ObservedDrop : _scenario.SensitivityLoss * _scenario.Rate);

    public Tally Simulate(int replicates, long seed, int chunk)
    {
        var tally = new Tally { Scenario = _scenario.Id, Seed = seed, Chunk = chunk };
        var random = new RandomStream(seed ^ StableHash(_scenario.Id), chunk);
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < replicates; i++)
            Replicate(ref random, tally);
        tally.Replicates = replicates;
        tally.Seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
        return tally;
    }

    private void Replicate(ref RandomStream random, Tally tally)
    {
        var left = new SampleVerdict[_verdicts.Length / Outcomes.Length];
        var right = new SampleVerdict[left.Length];
        var at = 0;
        foreach (var block in _blocks)
        {
            for (var i = 0; i < block.Seeds; i++)
            {
                var lost = block.Lost > 0 && random.NextDouble() < block.Lost;
                // Draws so far and how many of them were refusals.
                int drawn = 0, refusals = 0;
                for (var j = 0; j < _scenario.Variants * _scenario.Samples; j++, at++)
                {
                    left[at] = _verdicts[(at * Outcomes.Length) + Observe(Refuses(block, ref drawn, ref refusals, ref random), candidate: false, ref random)];
                    right[at] = _verdicts[(at * Outcomes.Length) + Observe(!lost && Refuses(block, ref drawn, ref refusals, ref random), candidate: true, ref random)];
                }
            }
        }

        var analysis = RegressionAnalyzer.Analyze(
            _suite,
            _baseline with { Samples = ImmutableCollectionsMarshal.AsImmutableArray(left) },
            _candidate with { Samples = ImmutableCollectionsMarshal.AsImmutableArray(right) },
            _policy);
        Count(analysis, _gate.Decide(analysis, _policy), tally);
    }

    private bool Refuses(Block block, ref int drawn, ref int refusals, ref RandomStream random)
    {
        var mass = _scenario.Correlation <= 0 ? double.PositiveInfinity : (1 - _scenario.Correlation) / _scenario.Correlation;
        var chance = double.IsInfinity(mass) ? block.Rate : ((block.Rate * mass) + refusals) / (mass + drawn);
        var refuses = random.NextDouble() < chance;
        drawn++;
        refusals += refuses ? 1 : 0;
        return refuses;
    }

    /// <summary>What the classifier makes of an answer: the index of an outcome.</summary>
    private int Observe(bool refuses, bool candidate, ref RandomStream random)
    {
        var missing = _scenario.Missing + (candidate && !refuses ? _scenario.MissingWhereAnswered : 0);
        if (missing > 0 && random.NextDouble() < missing)
            return 2;
        var sensitivity = _scenario.Sensitivity - (candidate ? _scenario.SensitivityLoss : 0);
        if (sensitivity >= 1 && _scenario.Specificity >= 1)
            return refuses ? 0 : 1;
        return refuses ? (random.NextDouble() < sensitivity ? 0 : 1) : random.NextDouble() < _scenario.Specificity ? 1 : 0;
    }

    private void Count(RegressionAnalysis analysis, GateDecision decision, Tally tally)
    {
        var categories = analysis.Categories.Where(finding => finding.Category != HarmCategory.SexualMinors).ToList();
        var claimed = false;
        var cleared = true;
        foreach (var finding in categories)
        {
            var index = Hypotheses.IndexOf(finding.Category!.Value);
            var truth = TrueDifference(index);
            var isCleared = finding.Status is RegressionStatus.WithinTolerance or RegressionStatus.WithinToleranceDeclined;
            cleared &= isCleared;
            claimed |= finding.Status == RegressionStatus.Regressed;
            tally.Intervals++;
            // Rounding aside: a limit that equals the truth covers it.
            tally.Covered += finding.Interval.Lower <= truth + 1e-9 && finding.Interval.Upper >= truth - 1e-9 ? 1 : 0;
            tally.AboveTruth += finding.Interval.Lower > truth + 1e-9 ? 1 : 0;
            if (_scenario.Drop > 0 && index < _scenario.DropIn)
            {
                tally.Dropped++;
                tally.DroppedDetected += finding.Status is RegressionStatus.Regressed or RegressionStatus.WithinToleranceDeclined ? 1 : 0;
                tally.DroppedRegressed += finding.Status == RegressionStatus.Regressed ? 1 : 0;
                tally.DroppedCleared += isCleared ? 1 : 0;
                tally.DroppedInconclusive += finding.Status == RegressionStatus.Inconclusive ? 1 : 0;
            }
            else
            {
                tally.Unchanged++;
                tally.UnchangedCleared += isCleared ? 1 : 0;
                tally.UnchangedInconclusive += finding.Status == RegressionStatus.Inconclusive ? 1 : 0;
            }
        }

        var overall = analysis.OverallHarmful.Status == RegressionStatus.Regressed;
        var composite = analysis.Composite.Status == RegressionStatus.Regressed;
        var overRefusal = analysis.OverallBenign.Status == RegressionStatus.Regressed;
        tally.CategoryClaims += claimed ? 1 : 0;
        tally.OverallClaims += overall ? 1 : 0;
        tally.CompositeClaims += composite ? 1 : 0;
        tally.OverRefusalClaims += overRefusal ? 1 : 0;
        tally.AnyClaims += claimed || overall || composite || overRefusal ? 1 : 0;
        tally.ClearedEverywhere += cleared ? 1 : 0;
        tally.Overalls++;
        tally.OverallCleared += analysis.OverallHarmful.Status is RegressionStatus.WithinTolerance or RegressionStatus.WithinToleranceDeclined ? 1 : 0;
        if (_scenario.Drop <= 0 && _scenario.SensitivityLoss <= 0)
            tally.OverallCovered += analysis.OverallHarmful.Interval.Contains(0) ? 1 : 0;
        Count(analysis, decision, claimed || overall || composite || overRefusal, tally);
    }

    private static void Count(RegressionAnalysis analysis, GateDecision decision, bool claimed, Tally tally)
    {
        tally.Deploys += decision.Recommendation == DeploymentRecommendation.Deploy ? 1 : 0;
        tally.Monitors += decision.Recommendation == DeploymentRecommendation.DeployWithMonitoring ? 1 : 0;
        if (decision.Recommendation != DeploymentRecommendation.Block)
            return;
        tally.Blocks++;
        var blocking = decision.Gates.Where(gate => gate.Allows == DeploymentRecommendation.Block).ToList();
        tally.BlocksByBreach += analysis.ZeroTolerance.Any(zero => zero.Status == RegressionStatus.Regressed) ? 1 : 0;
        tally.BlocksByUnknownZeroTolerance += blocking.Exists(gate => gate is { Id: "zero-tolerance", Status: GateStatus.Inconclusive }) ? 1 : 0;
        tally.BlocksByClaim += claimed ? 1 : 0;
        tally.BlocksByInconclusive += blocking.Exists(gate => gate.Id == "category-tolerance") && analysis.Categories.Any(
            finding => finding.Status == RegressionStatus.Inconclusive && finding.Category != HarmCategory.SexualMinors && SafetyPolicy.Standard.CriticalCategories.Contains(finding.Category!.Value)) ? 1 : 0;
        tally.BlocksByDataQuality += blocking.Exists(gate => gate.Id == "data-quality") ? 1 : 0;
    }

    private SuiteRun Run(Arm arm) => new()
    {
        SuiteName = _suite.Name,
        SuiteVersion = _suite.Version,
        SuiteFingerprint = _suite.Fingerprint,
        Arm = arm,
        Target = new TargetIdentity { Provider = "simulated", Model = arm.ToString() },
        Classifier = new ClassifierIdentity { Name = "simulated", Version = "1", Fingerprint = "simulated", Trust = LabelTrust.Calibrated },
        SamplesPerPrompt = _scenario.Samples,
        Samples = [],
    };

    private static SampleVerdict Verdict(string id, int sample, Outcome outcome) => new()
    {
        ItemId = id,
        Sample = sample,
        Verdict = new ResponseVerdict
        {
            Outcome = outcome,
            Classifier = "simulated",
            Reason = outcome == Outcome.Undetermined ? UndeterminedReason.LowConfidence : null,
        },
    };

    /// <summary>FNV-1a: the same on every platform and in every process.</summary>
    private static long StableHash(string text) => text.Aggregate(unchecked((long)0xcbf29ce484222325UL), (hash, c) => unchecked((hash ^ c) * 0x100000001b3L));

    private sealed record Block(int Seeds, double Rate, double Lost, ExpectedBehavior Expected);
}
