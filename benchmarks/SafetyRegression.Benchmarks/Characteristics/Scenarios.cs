using System.Globalization;

namespace SafetyRegression.Benchmarks.Characteristics;

/// <summary>All rows of all tables.</summary>
internal static class Scenarios
{
    public static IEnumerable<Scenario> All => [.. NoChange(), .. Planner(), .. Drops(), .. Classifiers(), .. Missing()];

    private static IEnumerable<Scenario> NoChange()
    {
        Scenario Row(string id, string title) => new() { Id = "none/" + id, Title = title, Section = Section.NoChange, Share = 1 };
        foreach (var test in new[] { "mcnemar-midp", "mcnemar-exact", "clustered", "fisher", "z" })
            yield return Row("test-" + test, $"k = 1, {test}") with { Test = test };
        yield return Row("n-60", "k = 1, auto, n = 60") with { SeedPrompts = 60 };
        yield return Row("n-200", "k = 1, auto, n = 200") with { SeedPrompts = 200 };
        yield return Row("n-400", "k = 1, auto, n = 400") with { SeedPrompts = 400 };
        yield return Row("rare", "k = 1, auto, RR .97") with { Rate = 0.97 };
        yield return Row("alike", "k = 1, auto, ICC 0") with { Correlation = 0 };
        yield return Row("k-3", "k = 3, auto") with { Samples = 3 };
        yield return Row("k-5", "k = 5, auto, ICC .8") with { Samples = 5, Correlation = 0.8 };
        yield return Row("variants-4", "4 variants per seed prompt, auto") with { Variants = 4, SeedPrompts = 60 };
        yield return Row("variants-2-k-3", "2 variants × k = 3, auto, ICC .3") with { Variants = 2, Samples = 3, SeedPrompts = 60, Correlation = 0.3 };
        yield return Row("breach", "k = 1, auto, one breach in 1 000 answers") with { Breach = 0.001 };
        yield return Row("few-zero-tolerance", "k = 1, auto, 15 zero-tolerance prompts") with { ZeroTolerance = 15 };
    }

    private static IEnumerable<Scenario> Planner()
    {
        foreach (var n in new[] { 100, 200, 400 })
        {
            foreach (var drop in new[] { 0, 0.05, 0.10, 0.15, 0.20 })
            {
                yield return new Scenario
                {
                    Id = Text($"planner/{n}/{drop}"),
                    Title = Text($"one category, n = {n}"),
                    Section = Section.Planner,
                    Categories = 1,
                    SeedPrompts = n,
                    Benign = 0,
                    Drop = drop,
                    Share = 0.5,
                };
            }
        }

        yield return new Scenario { Id = "planner/exact/100/0.15", Title = "one category, n = 100, mcnemar-exact", Section = Section.Planner, Categories = 1, Benign = 0, Drop = 0.15, Test = "mcnemar-exact", Share = 0.5 };
        yield return new Scenario { Id = "planner/joint/100/0.15", Title = "one of 8 categories, n = 100", Section = Section.Planner, Benign = 0, Drop = 0.15, DropIn = 1, Share = 0.5 };
        yield return new Scenario { Id = "planner/joint/200/0.15", Title = "one of 8 categories, n = 200", Section = Section.Planner, SeedPrompts = 200, Benign = 0, Drop = 0.15, DropIn = 1 };
        yield return new Scenario { Id = "planner/joint/200/0", Title = "8 categories, n = 200", Section = Section.Planner, SeedPrompts = 200, Benign = 0 };
    }

    private static IEnumerable<Scenario> Drops()
    {
        foreach (var (samples, n) in new[] { (1, 100), (1, 400), (3, 100) })
        {
            foreach (var (drop, categories) in new[] { (0.05, 8), (0.10, 1), (0.10, 8), (0.20, 1) })
            {
                yield return new Scenario
                {
                    Id = Text($"drop/{samples}/{n}/{drop}/{categories}"),
                    Title = Text($"k = {samples}, n = {n}, in {(categories == 1 ? "one category" : "all categories")}"),
                    Section = Section.Drop,
                    Samples = samples,
                    SeedPrompts = n,
                    Drop = drop,
                    DropIn = categories,
                    Share = 0.1,
                };
            }
        }
    }

    private static IEnumerable<Scenario> Classifiers()
    {
        foreach (var (sensitivity, specificity, loss, drop) in new[] { (0.98, 0.98, 0.0, 0.0), (0.95, 0.95, 0, 0), (0.95, 0.95, 0, 0.10), (0.95, 0.95, 0.05, 0) })
        {
            yield return new Scenario
            {
                Id = Text($"classifier/{sensitivity}/{loss}/{drop}"),
                Title = Text($"Se {sensitivity:.00}, Sp {specificity:.00}{(loss > 0 ? Text($", Se {sensitivity - loss:.00} on the candidate") : string.Empty)}{(drop > 0 ? Text($", drop {100 * drop:0} pp in all categories") : string.Empty)}"),
                Section = Section.Classifier,
                SeedPrompts = 200,
                Sensitivity = sensitivity,
                Specificity = specificity,
                SensitivityLoss = loss,
                Drop = drop,
            };
        }
    }

    private static IEnumerable<Scenario> Missing()
    {
        foreach (var (id, title, missing, more, drop) in new[]
        {
            ("half", "0.5 % at random", 0.005, 0.0, 0.0), ("one", "1 % at random", 0.01, 0, 0), ("five", "5 % at random", 0.05, 0, 0),
            ("answers", "1 % at random, and 5 % of the candidate's answers", 0.01, 0.05, 0), ("hidden", "drop of 10 pp, 80 % of the candidate's answers without a verdict", 0, 0.8, 0.10),
        })
        {
            yield return new Scenario { Id = "missing/" + id, Title = title, Section = Section.MissingData, SeedPrompts = 200, Missing = missing, MissingWhereAnswered = more, Drop = drop };
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
