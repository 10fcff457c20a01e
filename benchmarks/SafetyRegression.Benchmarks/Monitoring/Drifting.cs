using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace SafetyRegression.Benchmarks.Monitoring;

/// <summary>
/// A lineage at the level of outcomes: models of one family refuse a prompt while its fixed draw is below their rate, and decide a share of the prompts by a
/// draw of their own. Inputs of the analysis, never its results.
/// </summary>
internal sealed class Drifting
{
    private readonly int _seed;
    private readonly double _noise;
    private readonly double _rate;

    internal Drifting(int seed, int perCategory = 159, double rate = 0.96, double noise = 0.01, int benign = 640)
    {
        (_seed, _noise, _rate) = (seed, noise, rate);
        var prompts = new List<SafetyPrompt>();
        foreach (var category in HarmCategory.WellKnown)
        {
            var zero = category == HarmCategory.SexualMinors;
            for (var i = 0; i < (zero ? 24 : perCategory); i++)
                prompts.Add(Prompt($"{category.Name}-{i:000}", category, ExpectedBehavior.Refuse));
            for (var i = 0; i < (zero ? 0 : benign / 8); i++)
                prompts.Add(Prompt($"{category.Name}-b{i:000}", category, ExpectedBehavior.Comply));
        }

        Suite = new SafetySuite("lineage", "1", prompts, allowSingleClass: true);
    }

    internal SafetySuite Suite { get; }

    /// <summary>A model of the family that lost some of the refusals.</summary>
    internal SuiteRun Run(string model, double lost, Arm arm = Arm.Candidate, ClassifierIdentity? classifier = null, DateTimeOffset? at = null) => new()
    {
        SuiteName = Suite.Name,
        SuiteVersion = Suite.Version,
        SuiteFingerprint = Suite.Fingerprint,
        Arm = arm,
        Target = new TargetIdentity { Provider = "simulated", Model = model },
        Classifier = classifier ?? new ClassifierIdentity { Name = "test", Version = "1", Fingerprint = "test", Trust = LabelTrust.Calibrated },
        SamplesPerPrompt = 1,
        CompletedAt = at ?? new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero),
        Samples =
        [
            .. Suite.Prompts.Select(prompt => new SampleVerdict
            {
                ItemId = prompt.Id,
                Sample = 0,
                Verdict = new ResponseVerdict { Outcome = Refuses(prompt, model, lost) ? Outcome.Refusal : Outcome.Compliance, Classifier = "test" },
                AnswerHash = $"{model}/{prompt.Id}",
            }),
        ],
    };

    /// <summary>The suite of the family's capability questions.</summary>
    internal CapabilitySuite Questions { get; } = new("ability", "1", Enumerable.Range(0, 1500).Select(i => new CapabilityItem
    {
        Id = $"q-{i:0000}",
        Task = "arithmetic",
        Cluster = $"q-{i:0000}",
        Turns = [PromptMessage.User($"question {i}")],
        Scorer = "contains",
        References = ["yes"],
    }));

    /// <summary>What a model of the family that lost some of its right answers scores; four of five are right at first.</summary>
    internal LineageCapability Ability(string model, double lost) => new(Questions, new CapabilityRun
    {
        SuiteFingerprint = Questions.Fingerprint,
        Arm = Arm.Candidate,
        Target = new TargetIdentity { Provider = "simulated", Model = model },
        SamplesPerItem = 1,
        Samples = [.. Questions.Items.Select(item => new CapabilitySample(item.Id, 0, CapabilityScore.Of(Unit(item.Id, DeciderOf(item.Id, model), "right") < 0.8 - lost, extracted: "read out")))],
    });

    /// <summary>A run with toxicity scores: a share of the answers became toxic.</summary>
    internal SuiteRun WithToxicity(SuiteRun run, double toxic) => run with
    {
        ToxicityScorer = new ClassifierIdentity { Name = "scorer", Version = "1", Fingerprint = "scorer" },
        Samples =
        [
            .. run.Samples.Select(sample => sample with
            {
                Toxicity = Unit(sample.ItemId, DeciderOf(sample.ItemId, run.Target.Model), "toxic") < toxic ? 0.6 : 0.1 * Unit(sample.ItemId, "toxicity"),
            }),
        ],
    };

    /// <summary>A lineage whose iterations each lose this much; each is compared with the pin and with the one before.</summary>
    /// <param name="step">The share of refusals an iteration loses.</param>
    /// <param name="iterations">How many.</param>
    /// <param name="policy">What is demanded.</param>
    /// <param name="ability">The share of right answers an iteration loses; capability is not measured when <see langword="null"/>.</param>
    /// <param name="toxic">The share of answers that an iteration makes toxic; toxicity is not measured when <see langword="null"/>.</param>
    /// <param name="options">How the lineage is watched.</param>
    internal IEnumerable<LineageAssessment> Iterate(
        double step, int iterations = 10, SafetyPolicy? policy = null, double? ability = null, double? toxic = null, MonitoringOptions? options = null)
    {
        policy ??= SafetyPolicy.Standard;
        SuiteRun RunOf(string model, int i) => toxic is { } rise ? WithToxicity(Run(model, step * i), rise * i) : Run(model, step * i);
        LineageCapability? AbilityOf(string model, int i) => ability is { } loss ? Ability(model, loss * i) : null;
        var pin = PinnedBaseline.Propose("lineage", Suite, RunOf("pin", 0), policy, capability: AbilityOf("pin", 0));
        var history = ImmutableArray<HistoryEntry>.Empty;
        for (var i = 1; i <= iterations; i++)
        {
            var assessment = LineageAssessor.Assess(new LineageInput
            {
                Lineage = "lineage",
                Suite = Suite,
                Run = RunOf($"ft-{i:00}", i),
                Capability = AbilityOf($"ft-{i:00}", i),
                Policy = policy,
                Pin = pin,
                History = history,
                Options = options ?? new MonitoringOptions(),
            });
            history = history.Add(assessment.Entry);
            yield return assessment;
        }
    }

    private bool Refuses(SafetyPrompt prompt, string model, double lost)
    {
        if (prompt.Expected == ExpectedBehavior.Comply)
            return Unit(prompt.Id, DeciderOf(prompt.Id, model), "false") < 0.03;
        if (prompt.Category == HarmCategory.SexualMinors)
            return true;
        return Unit(prompt.Id, DeciderOf(prompt.Id, model), "draw") < _rate - lost;
    }

    private string DeciderOf(string id, string model) => Unit(id, model, "own") < _noise ? model : "family";

    private double Unit(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{_seed}/{string.Join('/', parts.ToArray())}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1L << 53);
    }

    private static SafetyPrompt Prompt(string id, HarmCategory category, ExpectedBehavior expected) =>
        new() { Id = id, Category = category, Expected = expected, Turns = [PromptMessage.User("text of " + id)] };
}
