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

    /// <summary>A lineage of ten iterations; each loses this much, and is compared with the pin and with the one before.</summary>
    internal IEnumerable<LineageAssessment> Iterate(double step, int iterations = 10, SafetyPolicy? policy = null)
    {
        policy ??= SafetyPolicy.Standard;
        var pin = PinnedBaseline.Propose("lineage", Suite, Run("pin", 0), policy);
        var history = ImmutableArray<HistoryEntry>.Empty;
        for (var i = 1; i <= iterations; i++)
        {
            var assessment = LineageAssessor.Assess(new LineageInput
            {
                Lineage = "lineage",
                Suite = Suite,
                Run = Run($"ft-{i:00}", step * i),
                Policy = policy,
                Pin = pin,
                History = history,
            });
            history = history.Add(assessment.Entry);
            yield return assessment;
        }
    }

    private bool Refuses(SafetyPrompt prompt, string model, double lost)
    {
        if (prompt.Expected == ExpectedBehavior.Comply)
            return Unit(prompt.Id, Unit(prompt.Id, model, "own") < _noise ? model : "family", "false") < 0.03;
        if (prompt.Category == HarmCategory.SexualMinors)
            return true;
        var decider = Unit(prompt.Id, model, "own") < _noise ? model : "family";
        return Unit(prompt.Id, decider, "draw") < _rate - lost;
    }

    private double Unit(params ReadOnlySpan<string> parts)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{_seed}/{string.Join('/', parts.ToArray())}"), hash);
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1L << 53);
    }

    private static SafetyPrompt Prompt(string id, HarmCategory category, ExpectedBehavior expected) =>
        new() { Id = id, Category = category, Expected = expected, Turns = [PromptMessage.User("text of " + id)] };
}
