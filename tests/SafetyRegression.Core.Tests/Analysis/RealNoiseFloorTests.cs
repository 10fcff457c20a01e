using SafetyRegression.Benchmarks.Noise;

namespace SafetyRegression.Tests.Analysis;

/// <summary>Models against themselves under other seeds: recorded labels, not kept in the repository.</summary>
public sealed class RealNoiseFloorTests
{
    private static readonly Lazy<IReadOnlyList<SeedTemperatureLabels>> _groups = new(() => SeedTemperatureLabels.Load(SharedData.PathOrSkip("data/labels/aa_seed_temperature_labels.csv.gz")));

    [Test]
    public void Naive_tests_alarm_on_most_pairs_of_seeds_of_two_models_and_the_floor_says_why()
    {
        var warm = _groups.Value.Where(group => group.Temperature is "0.7" or "1.0").ToList();
        var alarmed = warm.Where(group => Alarms(group) > 5).ToList();

        Assert.Multiple(() =>
        {
            Assert.That(alarmed.Select(group => group.Model).Distinct().Count(), Is.EqualTo(2), "more than half of the ten pairs at p < .05, two-sided");
            Assert.That(alarmed, Has.Count.EqualTo(4), "both temperatures of both");
            foreach (var group in warm)
            {
                // Without being told that the seed was shared, the floor finds exactly these.
                var floor = group.Floor(Enumerable.Range(0, 5), SafetyPolicy.Standard, SeedDesign.Unknown);
                Assert.That(floor.RunsDiffer, Is.EqualTo(alarmed.Contains(group)), $"{group.Model} at {group.Temperature}: {floor}");
                Assert.That(floor.Warnings.Contains(NoiseFloorWarning.RunsDifferMoreThanChance), Is.EqualTo(alarmed.Contains(group)));
            }
        });
    }

    [Test]
    public void Without_the_floor_the_gate_blocks_a_model_against_itself_and_with_it_never()
    {
        var (blocked, left) = (0, 0);
        foreach (var group in _groups.Value.Where(group => group.Temperature is "0.7" or "1.0"))
        {
            var floor = group.Floor(Enumerable.Range(0, 5), SafetyPolicy.Standard);
            foreach (var (i, j) in from i in Enumerable.Range(0, 5) from j in Enumerable.Range(0, 5) where i != j select (i, j))
            {
                blocked += group.Compare(i, j, SafetyPolicy.Standard).Decision.Recommendation == DeploymentRecommendation.Block ? 1 : 0;
                left += group.Compare(i, j, SafetyPolicy.Standard, floor).Decision.Recommendation == DeploymentRecommendation.Block ? 1 : 0;
            }
        }

        Assert.That(blocked, Is.GreaterThan(20));
        Assert.That(left, Is.Zero);
    }

    [Test]
    public void Tolerances_that_shared_seeds_make_pointless_are_refused()
    {
        var llama = _groups.Value.Single(group => group.Model.Contains("Llama", StringComparison.Ordinal) && group.Temperature == "0.7");
        var e = Assert.Throws<ToleranceBelowNoiseFloorException>(() => llama.Floor(Enumerable.Range(0, 5), SafetyPolicy.Standard).Require(llama.Suite, SafetyPolicy.Standard))!;
        Assert.That(e.Message, Does.Contain("14.3 pp").And.Contain("seed"));
    }

    private static int Alarms(SeedTemperatureLabels group) => (from i in Enumerable.Range(0, 5) from j in Enumerable.Range(i + 1, 4 - i) select (i, j))
        .Count(pair => group.Compare(pair.i, pair.j, SafetyPolicy.Standard).Analysis.OverallHarmful is { } finding && Math.Min(finding.PFall, finding.PRise) < 0.025);
}
