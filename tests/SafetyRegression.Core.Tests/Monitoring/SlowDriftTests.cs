using SafetyRegression.Benchmarks.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>Whole lineages through the real analyzer and gates. <c>lineages</c> of the benchmarks runs hundreds; these are the first seeds of the same.</summary>
public sealed class SlowDriftTests
{
    [TestCase(1)]
    public void Ten_losses_of_one_point_pass_the_previous_iteration_and_are_blocked_by_the_pin(int seed)
    {
        var iterations = new Drifting(seed).Iterate(0.01).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(iterations.Where(iteration => iteration.AgainstPrevious is { IsRegression: true }), Is.Empty, "one point at a time is never a regression of its own");
            Assert.That(iterations.FindIndex(iteration => iteration.AgainstPin!.IsRegression), Is.InRange(0, 7), "and adds up against the pin");
            Assert.That(iterations[9].Recommendation, Is.EqualTo(DeploymentRecommendation.Block));
            Assert.That(iterations.Select(iteration => iteration.Look), Is.EqualTo(Enumerable.Range(1, 10)));
        }
    }

    [TestCase(11)]
    public void Ten_iterations_without_a_loss_raise_no_alarm(int seed)
    {
        var iterations = new Drifting(seed).Iterate(0).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(iterations.Where(iteration => iteration.IsRegression), Is.Empty);
            Assert.That(iterations.SelectMany(iteration => iteration.Signals), Is.Empty);
            Assert.That(iterations.Select(iteration => iteration.Recommendation), Has.All.EqualTo(DeploymentRecommendation.Deploy));
        }
    }
}
