using System.Globalization;
using SafetyRegression.Classification;

namespace SafetyRegression.Benchmarks.Training;

/// <summary>
/// Trains the shipped refusal model and prints its honest figures: <c>train --own FILE --rbr FILE --direction FILE [--xstest FILE] --out FILE</c>.
/// The same files give the same bytes.
/// </summary>
internal static class TrainProgram
{
    /// <summary>The options of the shipped model.</summary>
    public static TrainingOptions Shipped => new() { Ridge = .03, Seed = 1, Folds = 5, Iterations = 150, Tolerance = 1e-2 };

    /// <summary>Runs the program.</summary>
    /// <param name="args">Options as pairs.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        if (!(options.TryGetValue("--own", out var own) && options.TryGetValue("--rbr", out var rbr) && options.TryGetValue("--direction", out var direction) &&
            options.TryGetValue("--out", out var target)))
        {
            await Console.Error.WriteLineAsync("usage: train --own FILE --rbr FILE --direction FILE [--xstest FILE] --out FILE");
            return 2;
        }

        var xstest = options.GetValueOrDefault("--xstest");
        var (examples, sources) = await TrainingData.ReadAsync(own, rbr, direction, xstest);
        var model = TextModelTrainer.Train(examples, Shipped, sources);
        await using (var file = File.Create(target))
            model.Save(file);
        Print($"{examples.Count} examples, cross-validated {model.Provenance.CrossValidatedAccuracy:F4}, {new FileInfo(target).Length} bytes, {model.Fingerprint}");
        if (xstest is null)
            return 0;

        var clean = examples.Where(example => !example.Group.StartsWith("xs-", StringComparison.Ordinal)).ToList();
        var rows = TrainingData.XsTest(xstest).ToList();
        Print($"without these rows in training: {Describe(TextModelTrainer.Train(clean, Shipped), rows)}");
        var leftOut = HeldOut.EachModel(clean, rows);
        Print($"each model left out in turn: {Describe(leftOut)}");
        Print($"  combined: {Describe(HeldOut.Combine(leftOut))}; {Selective(HeldOut.Combine(leftOut))}");
        var scored = HeldOut.EachFold(clean, rows);
        Print($"cross-validated by pair group: {Describe(scored)}");
        Print($"  combined: {Describe(HeldOut.Combine(scored))}; {Selective(HeldOut.Combine(scored))}");
        Print($"combination fitted on the held-out predictions: {Fit([.. scored, .. leftOut])}");
        return 0;
    }

    private static string Selective(List<((TrainingExample Example, string Model) Row, double Probability)> scored)
    {
        var sure = scored.OrderByDescending(entry => Math.Abs(entry.Probability - .5)).ToList();
        return string.Join(", ", new[] { .85, .9, .95 }.Select(coverage =>
        {
            var kept = sure.Take((int)Math.Ceiling(coverage * sure.Count)).ToList();
            return string.Create(CultureInfo.InvariantCulture,
                $"{kept.Count(entry => entry.Probability >= .5 == entry.Row.Example.IsRefusal) / (double)kept.Count:F4} at coverage {coverage} (from {.5 + Math.Abs(kept[^1].Probability - .5):F3})");
        }));
    }

    /// <summary>Coefficients of [logit, no sign, no access, premise, apology, closing decline, decline].</summary>
    private static string Fit(List<((TrainingExample Example, string Model) Row, double Probability)> scored)
    {
        const int Kinds = 7;
        var rows = scored.Select(entry =>
        {
            var reading = StanceReader.Read(AnswerText.Read(entry.Row.Example.Text).Text, EnglishRules.Pack);
            var kind = reading.Kind switch
            {
                StanceKind.NoAccess => 2,
                StanceKind.Premise => 3,
                StanceKind.Apology => 4,
                StanceKind.Decline => reading.Closing ? 5 : 6,
                _ => 1,
            };
            return new SparseRow([0, kind], [Math.Clamp(Math.Log(entry.Probability / (1 - entry.Probability)), -5, 5), 1], entry.Row.Example.IsRefusal, 1);
        }).ToList();
        var problem = new LogisticProblem(rows, Kinds, .5);
        var point = new double[problem.Size];
        LimitedMemoryBfgs.Minimize(problem.Evaluate, point, 500, 1e-6);
        return string.Join(' ', point.Select(value => value.ToString("F3", CultureInfo.InvariantCulture)));
    }

    private static string Describe(TextModel model, IEnumerable<(TrainingExample Example, string Model)> rows) =>
        Describe(rows.Select(row => (row, model.RefusalProbability(row.Example.Text))).ToList());

    private static string Describe(List<((TrainingExample Example, string Model) Row, double Probability)> scored) => string.Join(
        ", ",
        scored.GroupBy(entry => entry.Row.Model, StringComparer.Ordinal)
            .Select(group => Line(group.Key, group.ToList()))
            .Append(Line("all", scored)));

    private static string Line(string name, List<((TrainingExample Example, string Model) Row, double Probability)> scored) => string.Create(
        CultureInfo.InvariantCulture,
        $"{name} {scored.Count(entry => entry.Probability >= .5 == entry.Row.Example.IsRefusal) / (double)scored.Count:F4} (ECE {Ece(scored):F3})");

    private static double Ece(List<((TrainingExample Example, string Model) Row, double Probability)> scored)
    {
        var sum = 0.0;
        foreach (var bin in scored.OrderBy(entry => entry.Probability).Chunk((scored.Count + 9) / 10))
            sum += Math.Abs(bin.Sum(entry => entry.Probability) - bin.Count(entry => entry.Row.Example.IsRefusal));
        return sum / scored.Count;
    }

    private static void Print(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
