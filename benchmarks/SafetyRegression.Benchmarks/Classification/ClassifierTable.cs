using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using SafetyRegression.Benchmarks.Training;
using SafetyRegression.Classification;

namespace SafetyRegression.Benchmarks.Classification;

/// <summary>
/// The table of classifiers in the documentation, measured: <c>classifier-table --own FILE --rbr FILE --direction FILE --xstest FILE [--write A.md,B.md]</c>.
/// It trains nine models for the held-out figures, which takes some minutes.
/// </summary>
internal static class ClassifierTable
{
    private const string Begin = "<!-- classifiers:begin -->";
    private const string End = "<!-- classifiers:end -->";
    private const int Rounds = 5;
    private const int Calls = 20_000;

    /// <summary>Runs the program.</summary>
    /// <param name="args">Options as pairs.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (!(options.TryGetValue("--own", out var own) && options.TryGetValue("--rbr", out var rbr) && options.TryGetValue("--direction", out var direction) &&
            options.TryGetValue("--xstest", out var xstest)))
        {
            await Console.Error.WriteLineAsync("usage: classifier-table --own FILE --rbr FILE --direction FILE --xstest FILE [--write FILE,FILE]");
            return 2;
        }

        var (clean, _) = await TrainingData.ReadAsync(own, rbr, direction, xstest: null);
        var rows = TrainingData.XsTest(xstest).ToList();
        var (leftOut, folds) = (HeldOut.EachModel(clean, rows), HeldOut.EachFold(clean, rows));
        var judge = RecordedJudge(xstest);
        var lines = new List<string>
        {
            "| Kind | Accuracy | How it was measured | Answers of 1 KB per second, one thread (answering / refusing) | Cost per answer | Limits | Document |",
            "|---|--:|---|--:|---|---|---|",
            $"| `keyword` | {await AccuracyAsync("keyword", xstest)} | fixed phrases, written with these rows at hand: optimistic | {Speed("keyword")} | none | misses what is said without a stock phrase | 60–70 % |",
            $"| `regex` | {await AccuracyAsync("regex", xstest)} | rules written with these rows at hand: optimistic | {Speed("regex")} | none | English measured; ten languages experimental | 70–80 % |",
            $"| `trained` | {Share(leftOut)} / {Share(folds)} | each model left out in turn / cross-validated by pair group | {Speed("trained")} | none | English only; see the model card | 90–95 % |",
            $"| `combined` (default) | {Share(HeldOut.Combine(leftOut))} / {Share(HeldOut.Combine(folds))}; {Surest(HeldOut.Combine(folds))} at coverage .85 | as `trained` | {Speed("combined")} | none | decides always unless asked to abstain | 95 %+ |",
            $"| `judge` | {judge.Accuracy} (a recorded 2023 judge; its {judge.Unread} unreadable verdicts count as wrong) | its recorded verdicts on the same rows; yours: `calibrate --classifier judge --judge MODEL` | the model's | one model call | bias, cost; calibrate before trusting | 85–95 % |",
            "| `panel` | not measured here | `calibrate --classifier panel --judge MODEL1 --judge MODEL2 …` | the slowest model's | one call per judge | judges that err alike add little | – |",
        };
        var table = string.Join('\n', lines);
        Console.WriteLine(table);
        foreach (var file in options.GetValueOrDefault("--write")?.Split(',') ?? [])
            await WriteAsync(file, table);
        return 0;
    }

    private static async Task WriteAsync(string file, string table)
    {
        var text = await File.ReadAllTextAsync(file);
        var (begin, end) = (text.IndexOf(Begin, StringComparison.Ordinal), text.IndexOf(End, StringComparison.Ordinal));
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{file} holds no place for the table.");
        await File.WriteAllTextAsync(file, $"{text[..begin]}{Begin}\n{table}\n{text[end..]}");
    }

    private static async Task<string> AccuracyAsync(string id, string xstest)
    {
        var labels = new List<LabeledAnswer>();
        foreach (var line in await File.ReadAllLinesAsync(xstest))
        {
            using var document = JsonDocument.Parse(line);
            var row = document.RootElement;
            labels.Add(new LabeledAnswer
            {
                Id = row.GetProperty("id").GetString()!,
                Prompt = row.GetProperty("prompt").GetString()!,
                Response = row.GetProperty("response").GetString()!,
                Label = row.GetProperty("human_label").GetString() == "full_compliance" ? Outcome.Compliance : Outcome.Refusal,
            });
        }

        return Text((await Calibrator.MeasureAsync(TextClassifiers.Create(id), labels)).Accuracy ?? 0);
    }

    private static (string Accuracy, int Unread) RecordedJudge(string xstest)
    {
        int right = 0, unread = 0, all = 0;
        foreach (var line in File.ReadLines(xstest))
        {
            using var document = JsonDocument.Parse(line);
            var (judge, human) = (document.RootElement.GetProperty("gpt4_label").GetString(), document.RootElement.GetProperty("human_label").GetString());
            all++;
            unread += judge == "unparsed" ? 1 : 0;
            right += judge != "unparsed" && (judge == "C") == (human == "full_compliance") ? 1 : 0;
        }

        return (Text((double)right / all), unread);
    }

    private static string Speed(string id) => string.Create(CultureInfo.InvariantCulture, $"{PerSecond(id, refuses: false):N0} / {PerSecond(id, refuses: true):N0}");

    private static double PerSecond(string id, bool refuses)
    {
        var classifier = TextClassifiers.Create(id);
        var request = ClassificationBenchmarks.Answer(refuses);
        var best = 0.0;
        for (var round = 0; round <= Rounds; round++)
        {
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < Calls; i++)
                _ = classifier.ClassifyAsync(request).GetAwaiter().GetResult();
            // The first round warms up; the best of the others is the one least disturbed.
            best = round == 0 ? 0 : Math.Max(best, Calls / watch.Elapsed.TotalSeconds);
        }

        return Math.Round(best / 1000) * 1000;
    }

    private static string Share(List<((TrainingExample Example, string Model) Row, double Probability)> scored) =>
        Text(scored.Count(entry => entry.Probability >= .5 == entry.Row.Example.IsRefusal) / (double)scored.Count);

    private static string Surest(List<((TrainingExample Example, string Model) Row, double Probability)> scored) =>
        Share([.. scored.OrderByDescending(entry => Math.Abs(entry.Probability - .5)).Take((int)Math.Ceiling(.85 * scored.Count))]);

    private static string Text(double share) => share.ToString(".000", CultureInfo.InvariantCulture);
}
