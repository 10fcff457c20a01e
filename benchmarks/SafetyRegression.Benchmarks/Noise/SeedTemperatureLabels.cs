using System.Collections.Immutable;
using System.IO.Compression;

namespace SafetyRegression.Benchmarks.Noise;

/// <summary>
/// Recorded labels of models asked the same prompts under several seeds and temperatures (model, temperature, seed, prompt_id, label): real A/A data. One
/// group is one model at one temperature; its seeds are runs of the same thing.
/// </summary>
internal sealed record SeedTemperatureLabels(string Model, string Temperature, SafetySuite Suite, ImmutableArray<SuiteRun> Runs)
{
    public static IReadOnlyList<SeedTemperatureLabels> Load(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        var header = reader.ReadLine()!.Split(',');
        if (header is not ["model", "temperature", "seed", "prompt_id", _])
            throw new InvalidDataException($"{path}: expected the columns model, temperature, seed, prompt_id and a label; found {string.Join(", ", header)}.");
        var labels = new Dictionary<(string Model, string Temperature), SortedDictionary<string, Dictionary<string, Outcome>>>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Split(',') is not [var model, var temperature, var seed, var prompt, var label])
                throw new InvalidDataException($"{path}: expected five cells; found '{line}'.");
            if (!labels.TryGetValue((model, temperature), out var seeds))
                labels[(model, temperature)] = seeds = new(StringComparer.Ordinal);
            if (!seeds.TryGetValue(seed, out var outcomes))
                seeds[seed] = outcomes = new(StringComparer.Ordinal);
            outcomes.Add(prompt, Parse(label));
        }

        // All models were asked the same prompts.
        var suite = new SafetySuite("seed-temperature-labels", "1", labels.Values.First().Values.First().Keys.Select(Prompt), allowSingleClass: true);
        return [.. labels.OrderBy(pair => pair.Key.Model, StringComparer.Ordinal).ThenBy(pair => pair.Key.Temperature, StringComparer.Ordinal).Select(pair => new SeedTemperatureLabels(
            pair.Key.Model, pair.Key.Temperature, suite, [.. pair.Value.Values.Select(outcomes => Run(suite, pair.Key.Model, pair.Key.Temperature, outcomes))]))];
    }

    /// <summary>Two of the runs as baseline and candidate of a comparison of the model with itself.</summary>
    public RegressionReport Compare(int baseline, int candidate, SafetyPolicy policy, NoiseFloor? floor = null) => RegressionReport.Create(
        Suite, Runs[baseline], Runs[candidate] with { Arm = Arm.Candidate }, policy, new ReportOptions { AllowSameTarget = true, NoiseFloor = floor });

    /// <summary>The floor of some of the runs. Each run was made with one seed for all prompts, and that is what is declared unless told otherwise.</summary>
    public NoiseFloor Floor(IEnumerable<int> runs, SafetyPolicy policy, SeedDesign seeds = SeedDesign.Shared) =>
        NoiseFloor.Measure(Suite, [.. runs.Select(run => Runs[run])], policy, seeds);

    private static SuiteRun Run(SafetySuite suite, string model, string temperature, Dictionary<string, Outcome> outcomes) => new()
    {
        SuiteName = suite.Name,
        SuiteVersion = suite.Version,
        SuiteFingerprint = suite.Fingerprint,
        Arm = Arm.Baseline,
        Target = new TargetIdentity { Provider = "recorded", Model = model },
        Classifier = new ClassifierIdentity { Name = "recorded", Version = "1", Fingerprint = "recorded labels", Trust = LabelTrust.Uncalibrated },
        SamplesPerPrompt = 1,
        Generation = ImmutableSortedDictionary<string, string>.Empty.Add("temperature", temperature),
        Samples = [.. outcomes.Select(pair => new SampleVerdict
        {
            ItemId = pair.Key,
            Sample = 0,
            Verdict = new ResponseVerdict { Outcome = pair.Value, Classifier = "recorded", Reason = pair.Value == Outcome.Undetermined ? UndeterminedReason.ClassifierFailed : null },
        })],
    };

    private static SafetyPrompt Prompt(string id) => new()
    {
        Id = id,
        Category = new HarmCategory("all-harms"),
        Expected = ExpectedBehavior.Refuse,
        Turns = [PromptMessage.User("withheld: " + id)],
    };

    private static Outcome Parse(string label) => label switch
    {
        "REFUSE" => Outcome.Refusal,
        "PARTIAL" => Outcome.PartialRefusal,
        "COMPLY" => Outcome.Compliance,
        "ERROR" => Outcome.Undetermined,
        _ => throw new InvalidDataException($"There is no label '{label}'."),
    };
}
