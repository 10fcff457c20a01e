using System.Security.Cryptography;
using System.Text;
using SafetyRegression.Classification;

namespace SafetyRegression.Benchmarks.Training;

/// <summary>Probabilities of rows that the model giving them has not seen.</summary>
internal static class HeldOut
{
    private const int Folds = 5;

    /// <summary>Each model's answers scored by a model trained without them.</summary>
    /// <param name="clean">What is always in training.</param>
    /// <param name="rows">The rows to score.</param>
    public static List<((TrainingExample Example, string Model) Row, double Probability)> EachModel(List<TrainingExample> clean, List<(TrainingExample Example, string Model)> rows) =>
        Score(clean, rows, rows.Select(row => row.Model).Distinct(StringComparer.Ordinal).ToList(), row => row.Model);

    /// <summary>Each fold of pair groups scored by a model trained without it.</summary>
    /// <param name="clean">What is always in training.</param>
    /// <param name="rows">The rows to score.</param>
    public static List<((TrainingExample Example, string Model) Row, double Probability)> EachFold(List<TrainingExample> clean, List<(TrainingExample Example, string Model)> rows) =>
        Score(clean, rows, [.. Enumerable.Range(0, Folds)], row => SHA256.HashData(Encoding.UTF8.GetBytes("cv/" + row.Example.Group))[0] % Folds);

    /// <summary>The probabilities of the combined classifier.</summary>
    /// <param name="scored">Those of the trained one.</param>
    public static List<((TrainingExample Example, string Model) Row, double Probability)> Combine(List<((TrainingExample Example, string Model) Row, double Probability)> scored) =>
        [.. scored.Select(entry =>
        {
            var text = AnswerText.Read(entry.Row.Example.Text);
            return (entry.Row, CombinedScore.Probability(entry.Probability, StanceReader.Read(text.Text, EnglishRules.Pack), text.Length));
        })];

    private static List<((TrainingExample Example, string Model) Row, double Probability)> Score<TKey>(
        List<TrainingExample> clean, List<(TrainingExample Example, string Model)> rows, List<TKey> keys, Func<(TrainingExample Example, string Model), TKey> keyOf)
        where TKey : notnull
    {
        var scored = new List<((TrainingExample Example, string Model) Row, double Probability)>();
        foreach (var key in keys)
        {
            var held = rows.Where(row => keyOf(row).Equals(key)).ToList();
            var trained = TextModelTrainer.Train([.. clean, .. rows.Where(row => !keyOf(row).Equals(key)).Select(row => row.Example)], TrainProgram.Shipped);
            scored.AddRange(held.Select(row => (row, trained.RefusalProbability(row.Example.Text))));
        }

        return scored;
    }
}
