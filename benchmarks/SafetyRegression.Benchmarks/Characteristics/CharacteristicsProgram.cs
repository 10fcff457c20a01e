using System.Globalization;
using System.Text.Json;

namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>Runs what is missing of the scenarios in chunks, keeps every chunk in a file, and writes the tables from all chunks there are.</summary>
internal static class CharacteristicsProgram
{
    private const int ChunkSize = 500;

    public static int Run(string[] args)
    {
        var options = CharacteristicsOptions.Parse(args);
        var done = Read(options);
        var known = done.Select(tally => (tally.Scenario, tally.Chunk)).ToHashSet();
        var gate = new Lock();
        foreach (var scenario in Scenarios.All.Where(scenario => scenario.Id.StartsWith(options.Only, StringComparison.Ordinal)))
        {
            var replicates = (int)(options.Replicates * scenario.Share);
            var chunks = Enumerable.Range(0, (replicates + ChunkSize - 1) / ChunkSize).Where(chunk => !known.Contains((scenario.Id, chunk))).ToList();
            if (chunks.Count == 0)
                continue;
            Parallel.ForEach(chunks, new ParallelOptions { MaxDegreeOfParallelism = options.Threads }, () => new Simulator(scenario), (chunk, _, simulator) =>
            {
                var tally = simulator.Simulate(Math.Min(ChunkSize, replicates - (chunk * ChunkSize)), options.Seed, chunk);
                lock (gate)
                {
                    done.Add(tally);
                    File.AppendAllText(options.Resume, JsonSerializer.Serialize(tally) + "\n");
                }

                return simulator;
            }, _ => { });
            var seconds = done.Where(tally => tally.Scenario == scenario.Id).Sum(tally => tally.Seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Id}: {replicates} comparisons, {1000 * seconds / replicates:0.00} ms each"));
            CharacteristicsTables.Write(options, done);
        }

        CharacteristicsTables.Write(options, done);
        Console.WriteLine(options.Out);
        return 0;
    }

    /// <summary>A last line cut by a kill is made again.</summary>
    private static List<Tally> Read(CharacteristicsOptions options)
    {
        if (!File.Exists(options.Resume))
            return [];
        var lines = File.ReadAllLines(options.Resume).Where(line => line.EndsWith('}')).ToList();
        File.WriteAllLines(options.Resume, lines);
        return [.. lines.Select(line => JsonSerializer.Deserialize<Tally>(line)!).Where(tally => tally.Seed == options.Seed).DistinctBy(tally => (tally.Scenario, tally.Chunk))];
    }
}
