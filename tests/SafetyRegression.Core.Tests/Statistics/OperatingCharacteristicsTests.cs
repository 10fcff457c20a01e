using SafetyRegression.Benchmarks.Characteristics;

namespace SafetyRegression.Tests.Statistics;

/// <summary>The harness behind docs/operating-characteristics.md: its truth is the one it claims, and it counts what the pipeline says.</summary>
public sealed class OperatingCharacteristicsTests
{
    private const int Seed = 7;

    private static readonly Scenario _plain = new() { Id = "test/plain", Title = "plain", Section = Section.NoChange, Categories = 2, Benign = 50 };
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("characteristics-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_same_seed_gives_the_same_counts_and_another_chunk_gives_others()
    {
        var (once, again, other) = (Simulate(_plain, 60), Simulate(_plain, 60), Simulate(_plain, 60, chunk: 1));
        Assert.That(Counts(again), Is.EqualTo(Counts(once)));
        Assert.That(Counts(other), Is.Not.EqualTo(Counts(once)));
    }

    [Test]
    public void Everything_is_counted_once()
    {
        var tally = Simulate(_plain with { Id = "test/drop", Drop = 0.1, DropIn = 1 }, 80);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(tally.Replicates, Is.EqualTo(80));
            Assert.That(tally.Deploys + tally.Monitors + tally.Blocks, Is.EqualTo(80));
            Assert.That((tally.Intervals, tally.Dropped, tally.Unchanged, tally.Overalls), Is.EqualTo((160, 80, 80, 80)));
            Assert.That(tally.DroppedRegressed + tally.DroppedCleared + tally.DroppedInconclusive, Is.EqualTo(80));
            Assert.That(tally.CategoryClaims, Is.LessThanOrEqualTo(tally.AnyClaims));
        }
    }

    // What must happen whatever the dice say: each planted cause shows in its own column and in no other.
    [Test]
    public void A_planted_cause_is_counted_as_that_cause()
    {
        var fallen = Simulate(_plain with { Id = "test/fallen", Drop = 0.6 }, 20);
        var breached = Simulate(_plain with { Id = "test/breached", Rate = 1, Correlation = 0, Breach = 0.9, SeedPrompts = 400, FalseRefusals = 0.01, Benign = 400 }, 20);
        var unseen = Simulate(_plain with { Id = "test/unseen", Rate = 1, Correlation = 0, Missing = 0.5 }, 20);
        var steady = Simulate(_plain with { Id = "test/steady", Rate = 1, Correlation = 0, FalseRefusals = 0 + 1e-9, ZeroTolerance = 60, SeedPrompts = 200, Benign = 400 }, 20);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((fallen.DroppedDetected, fallen.DroppedRegressed, fallen.BlocksByClaim), Is.EqualTo((40, 40, 20)));
            Assert.That((breached.BlocksByBreach, breached.CategoryClaims, breached.BlocksByInconclusive), Is.EqualTo((20, 0, 0)));
            Assert.That((unseen.BlocksByDataQuality, unseen.CategoryClaims), Is.EqualTo((20, 0)));
            Assert.That((steady.Deploys, steady.AnyClaims, steady.Covered), Is.EqualTo((20, 0, 40)));
        }
    }

    // The truth the coverage is measured against: with this many prompts the interval is narrow and a wrong truth would be outside almost always.
    [TestCase(0.0, 1.0, 0.0)]
    [TestCase(0.1, 1.0, 0.0)]
    [TestCase(0.1, 0.9, 0.0)]
    [TestCase(0.0, 0.95, 0.1)]
    public void The_true_difference_is_the_one_that_is_drawn(double drop, double sensitivity, double loss)
    {
        var scenario = _plain with
        {
            Id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"test/truth/{drop}/{sensitivity}/{loss}"),
            SeedPrompts = 3000,
            Drop = drop,
            Sensitivity = sensitivity,
            Specificity = sensitivity,
            SensitivityLoss = loss,
        };
        var tally = Simulate(scenario, 25);
        Assert.That(tally.Covered, Is.AtLeast(46), "of 50 intervals of 98 %");
    }

    [Test]
    public void An_interrupted_simulation_goes_on_and_ends_in_the_tables_of_one_that_was_not()
    {
        string[] Arguments(string name, int replicates) =>
            ["--replicates", $"{replicates}", "--seed", "11", "--only", "planner/exact", "--threads", "2", "--resume", Path.Combine(_folder, name + ".jsonl"), "--out", Path.Combine(_folder, name + ".md")];
        // Half a share each: 500 comparisons first, then the other 500, after a line that was cut by a kill.
        CharacteristicsProgram.Run(Arguments("cut", 1000));
        File.AppendAllText(Path.Combine(_folder, "cut.jsonl"), "{\"Scenario\":\"planner/1");
        CharacteristicsProgram.Run(Arguments("cut", 2000));
        CharacteristicsProgram.Run(Arguments("whole", 2000));

        var (cut, whole) = (File.ReadAllText(Path.Combine(_folder, "cut.md")), File.ReadAllText(Path.Combine(_folder, "whole.md")));
        Assert.That(cut, Is.EqualTo(whole));
        Assert.That(whole, Does.Contain("| one category, n = 100, mcnemar-exact | 15 | 1000 |"));
    }

    // The other way round: not the statistic at the truth but the limits of every table, and factorials instead of the library's binomial.
    [TestCase(0.10, -0.10)]
    [TestCase(0.10, 0.0)]
    [TestCase(0.15, -0.12)]
    public void The_enumerated_coverage_is_that_of_the_limits(double flips, double change)
    {
        const int Pairs = 100;
        var (worse, better) = ((flips - change) / 2, (flips + change) / 2);
        double cover = 0, above = 0;
        for (var b = 0; b <= 45; b++)
        {
            for (var c = 0; c <= (better > 0 ? 45 : 0); c++)
            {
                var chance = Enumerable.Range(1, b).Aggregate(1.0, (p, i) => p * worse / i) * Enumerable.Range(1, c).Aggregate(1.0, (p, i) => p * better / i)
                    * Enumerable.Range(0, b + c).Aggregate(1.0, (p, i) => p * (Pairs - i)) * Math.Pow(1 - flips, Pairs - b - c);
                var interval = PairedDifference.Interval(new PairedTable(Pairs - b - c, b, c, 0), 0.98);
                cover += interval.Lower <= change && change <= interval.Upper ? chance : 0;
                above += interval.Lower > change ? chance : 0;
            }
        }

        var setting = TangoCoverage.Of(Pairs, flips, change);
        Assert.That(setting.Cover, Is.EqualTo(cover).Within(1e-9));
        Assert.That(setting.Above, Is.EqualTo(above).Within(1e-9));
    }

    private static Tally Simulate(Scenario scenario, int replicates, int chunk = 0) => new Simulator(scenario).Simulate(replicates, Seed, chunk);

    private static List<object?> Counts(Tally tally) => [.. typeof(Tally).GetProperties().Where(property => property.Name is not (nameof(Tally.Seconds) or nameof(Tally.Chunk))).Select(property => property.GetValue(tally))];
}
