using System.Globalization;

namespace SafetyRegression.Benchmarks.Characteristics;

internal sealed record CharacteristicsOptions
{
    private const string Usage = "simulate-operating-characteristics [--replicates N] [--seed S] [--resume FILE] [--threads T] [--only ID] [--out FILE]";

    /// <summary>Comparisons of the rows with share 1.</summary>
    public int Replicates { get; init; } = 20_000;

    public long Seed { get; init; } = ResamplingOptions.DefaultSeed;

    public string Resume { get; init; } = "operating-characteristics.jsonl";

    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount - 1);

    /// <summary>Only rows whose id starts so.</summary>
    public string Only { get; init; } = string.Empty;

    public string Out { get; init; } = "docs/operating-characteristics.md";

    public static CharacteristicsOptions Parse(string[] args)
    {
        var options = new CharacteristicsOptions();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            options = args[i] switch
            {
                "--replicates" => options with { Replicates = Number(args[i + 1]) },
                "--seed" => options with { Seed = long.Parse(args[i + 1], CultureInfo.InvariantCulture) },
                "--resume" => options with { Resume = args[i + 1] },
                "--threads" => options with { Threads = Math.Max(1, Number(args[i + 1])) },
                "--only" => options with { Only = args[i + 1] },
                "--out" => options with { Out = args[i + 1] },
                _ => throw new ArgumentException($"Unknown option {args[i]}; {Usage}"),
            };
        }

        return args.Length % 2 == 0 ? options : throw new ArgumentException($"Options come in pairs: {Usage}");
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
