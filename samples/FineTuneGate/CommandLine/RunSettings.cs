using System.Collections.Immutable;
using System.Globalization;
using SafetyRegression;
using SafetyRegression.Classification;
using SafetyRegression.Running;

namespace FineTuneGate.CommandLine;

/// <summary>The options that say how models are asked and judged, the same for every command that asks models.</summary>
internal sealed record RunSettings
{
    internal const string Usage = $"""
        {AskedSuite.Usage}
        {AttackSettings.Usage}
          --capability builtin|FILE|none   questions that show what tuning cost or gained: 900 of our own, or a .jsonl file; asked second
          --samples K        answers per prompt and model (default 1)
          --concurrency N    calls in flight (default 16)
          --temperature T|default   default 0; "default" leaves it to the provider
          --max-tokens N     the longest answer (default 1024)
          --max-calls N, --max-total-tokens N, --max-minutes N, --max-cost C   stops cleanly when spent; the same command finishes the rest
          --early-stop       stops as soon as a regression is clear (an e-process: valid whenever it stops) and blocks; what is left is not asked
          --early-stop-alpha A   its chance of ever stopping a run whose candidate is no worse (default 0.001)
          --shard K/N        asks the K-th of N parts only and gives no verdict; "merge" brings the parts together
          --classifier NAME  who decides what an answer is (default {TextClassifiers.Default})
        {PolicyOptions.Usage}
        {LineageSettings.Usage}
          --noise-floor FILE what "noise-floor" measured on this baseline: shown in the report; a tolerance below it is refused
          --runs DIR         where answers are recorded (default .safety/runs)
          --out DIR          where report.json and report.md go (default {ReportFiles.DefaultFolder})
        {EvidenceSettings.Usage}
          --format json      the report on standard output, everything for people on standard error
          --dry-run          says what would be asked and what the suite can show, and asks nothing
        """;

    internal required SafetySuite Suite { get; init; }

    internal required IResponseClassifier Classifier { get; init; }

    internal required SafetyRegressionOptions Options { get; init; }

    internal required string Folder { get; init; }

    /// <summary>What could not be done as asked, in words.</summary>
    internal IReadOnlyList<string> Notes { get; init; } = [];

    internal required EvidenceSettings Evidence { get; init; }

    internal required bool IsDryRun { get; init; }

    internal RunShard? Shard { get; init; }

    internal LineageSettings? Lineage { get; init; }

    /// <summary>The attackers asked for.</summary>
    internal ImmutableArray<string> Attackers { get; init; } = [];

    internal static RunSettings Read(ArgumentReader arguments, string capability = "none", Func<string?, IResponseClassifier>? classifier = null, bool embedded = false, Func<string, string?>? environment = null)
    {
        _ = arguments.Choice("format", "text", "text", "json");
        var policy = PolicyOptions.Read(arguments);
        var run = new SafetyRunOptions
        {
            SamplesPerPrompt = arguments.Integer("samples", 1, 1000) ?? 1,
            MaxConcurrency = arguments.Integer("concurrency", 1, 4096) ?? 16,
            MaxOutputTokens = arguments.Integer("max-tokens", 1, 1_000_000) ?? 1024,
            Temperature = Temperature(arguments.Option("temperature")),
        };
        run.Budget.MaxCalls = arguments.Integer("max-calls", 0, int.MaxValue);
        run.Budget.MaxTokens = arguments.Integer("max-total-tokens", 0, int.MaxValue);
        run.Budget.MaxCost = arguments.Money("max-cost");
        run.Budget.MaxDuration = arguments.Integer("max-minutes", 0, 1_000_000) is { } minutes ? TimeSpan.FromMinutes(minutes) : null;
        var shard = arguments.Option("shard") is { } part ? RunShard.TryParse(part) ?? throw new UsageException($"--shard is K/N with K from 1 to N; not '{part}'.") : null;
        var noise = NoiseFloorOptions.Read(arguments);
        var notes = new List<string>();
        var (suite, conversations) = AskedSuite.Read(arguments, embedded, notes.Add);
        var questions = arguments.Option("capability");
        if (shard is not null && !conversations.Attackers.IsEmpty)
            throw new UsageException("Attackers do not go with --shard: attacks are made in whole runs only.");
        var decides = classifier?.Invoke(arguments.Option("classifier")) ?? ClassifierOptions.Create(arguments.Option("classifier") ?? TextClassifiers.Default);
        var alpha = arguments.Fraction("early-stop-alpha", below: 0.5);
        if (arguments.Flag("early-stop") || alpha is not null)
        {
            // A paid judge would be paid twice: while the run goes on the free patterns decide, and the judge afterwards.
            var watches = decides is IJudgingClassifier ? ClassifierOptions.Create(TextClassifiers.Default) : decides;
            run.StoppingRule = () => new RegressionStoppingRule(suite, watches, alpha ?? 0.001, policy.Outcomes);
        }

        return new RunSettings
        {
            Suite = suite,
            Notes = notes,
            Classifier = decides,
            Folder = arguments.Option("out") ?? ReportFiles.DefaultFolder,
            Evidence = EvidenceSettings.Read(arguments),
            IsDryRun = arguments.Flag("dry-run"),
            Shard = shard,
            Lineage = LineageSettings.Read(arguments, environment),
            Attackers = conversations.Attackers,
            Options = new SafetyRegressionOptions { Policy = policy, NoiseFloor = noise, Run = run, RunFolder = arguments.Option("runs") ?? Path.Combine(".safety", "runs"), Capability = CapabilityOptions.Load(questions ?? capability) },
        };
    }

    private static float? Temperature(string? text)
    {
        if (text is null)
            return 0;
        if (text == "default")
            return null;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 2
            ? value
            : throw new UsageException($"--temperature is a number from 0 to 2, or default; not '{text}'.");
    }
}
