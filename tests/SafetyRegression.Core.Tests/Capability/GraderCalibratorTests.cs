using Microsoft.Extensions.AI;
using NUnit.Framework;
using SafetyRegression.Capability;

namespace SafetyRegression.Tests.Capability;

public sealed class GraderCalibratorTests
{
    [Test]
    public async Task A_grader_that_says_what_people_say_is_trusted()
    {
        var labels = Enumerable.Range(0, 120).Select(i => Label(i, rating: 1 + (i % 10))).ToList();
        var calibration = await GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((_, rating) => rating)), labels);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.Kappa!.Coefficient, Is.EqualTo(1).Within(1e-12));
            Assert.That(calibration.Agreement, Is.EqualTo(1));
            Assert.That(calibration.MeanAbsoluteError, Is.Zero.Within(1e-12));
            Assert.That(calibration.Models.Keys, Is.EqualTo(new[] { "even", "odd" }));
            Assert.That(calibration.IsTrusted);
            Assert.That(calibration.ToString(), Does.Not.Contain("rated"), "no texts");
        }

        Assert.That((await GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((_, rating) => rating)), labels[..99])).IsTrusted, Is.False, "too few labels");
    }

    [Test]
    public async Task A_grader_that_favours_one_model_is_found_though_it_agrees_well_on_the_whole()
    {
        var labels = Enumerable.Range(0, 200).Select(i => Label(i, rating: 1 + (i / 2 % 8))).ToList();
        var calibration = await GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((model, rating) => model == "odd" ? rating + 1 : rating)), labels);
        var ratings = Enumerable.Range(0, 200).Select(i => new int?[] { 1 + (i / 2 % 8), 1 + (i / 2 % 8) + (i % 2) });
        var steps = Agreement.Cohen(new RatingTable(Enumerable.Range(1, 10), ratings), DisagreementWeight.Quadratic)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.Kappa!.Coefficient, Is.GreaterThan(.9).And.EqualTo(steps.Coefficient).Within(1e-12));
            Assert.That(calibration.Gaps.Single().Favoured, Is.EqualTo("odd"));
            Assert.That(calibration.Gaps.Single().Difference, Is.EqualTo(1 / 9d).Within(1e-9));
            Assert.That(calibration.Bias!.Bias, Is.EqualTo(1 / 18d).Within(1e-9));
            Assert.That(calibration.IsTrusted, Is.False);
        }
    }

    [Test]
    public async Task A_constant_grader_agrees_no_better_than_chance_and_what_it_does_not_score_is_counted()
    {
        var labels = Enumerable.Range(0, 150).Select(i => Label(i, rating: 1 + (i % 10))).ToList();
        var constant = await GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((_, _) => 5)), labels);
        var silent = await GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((_, rating) => rating > 5 ? 11 : rating)), labels);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(constant.Kappa!.Coefficient, Is.EqualTo(0).Within(1e-9));
            Assert.That(constant.IsTrusted, Is.False);
            Assert.That((silent.Labeled, silent.Unscored), Is.EqualTo((150, 75)));
        }
    }

    [Test]
    public async Task Preferences_are_compared_without_weights()
    {
        var labels = Enumerable.Range(0, 120).Select(i => new HumanPreference(Item(i), Answer(i, 1 + (i % 3)), Answer(i, 2), (i % 3) switch
        {
            0 => PairwiseVerdict.Candidate,
            1 => PairwiseVerdict.Tie,
            _ => PairwiseVerdict.Baseline,
        })).ToList();
        var calibration = await GraderCalibrator.MeasureAsync(new PairwiseGrader(new PairJudge()), labels);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(calibration.Kappa!.Coefficient, Is.EqualTo(1).Within(1e-12));
            Assert.That(calibration.Bias!.Bias, Is.Zero);
            Assert.That(calibration.IsTrusted);
        }

        var wrong = labels.Select(label => label with { Preferred = PairwiseVerdict.Baseline }).ToList();
        Assert.That((await GraderCalibrator.MeasureAsync(new PairwiseGrader(new PairJudge()), wrong)).Agreement, Is.EqualTo(1 / 3d).Within(1e-12));
        Assert.That(() => GraderCalibrator.MeasureAsync(new PairwiseGrader(new PairJudge()), [labels[0] with { Preferred = PairwiseVerdict.Undetermined }]), Throws.ArgumentException);
    }

    [Test]
    public void A_score_outside_the_scale_is_refused() =>
        Assert.That(() => GraderCalibrator.MeasureAsync(new RatingGrader(new Judge((_, _) => 5)), [Label(0, 5) with { Score = 5 }]), Throws.ArgumentException);

    private static HumanScore Label(int i, int rating) => new(Item(i), Answer(i, rating), (rating - 1) / 9d);

    private static CapabilityItem Item(int i) => CapabilityRuns.Item($"q{i}", scorer: "mt-bench-single");

    private static ModelAnswer Answer(int i, int rating) => new()
    {
        ItemId = $"q{i}",
        Sample = 0,
        Arm = Arm.Baseline,
        Status = AnswerStatus.Answered,
        Model = i % 2 == 0 ? "even" : "odd",
        Turns = [new AnswerTurn { Text = $"{(i % 2 == 0 ? "even" : "odd")} rated {rating}.", Finish = AnswerFinish.Stop }],
    };

    private static int RatingIn(string text, int from) => int.Parse(text.AsSpan(text.IndexOf("rated ", from, StringComparison.Ordinal) + 6, 1) is "1" && text.IndexOf("rated 10", from, StringComparison.Ordinal) >= 0 ? "10" : text.AsSpan(text.IndexOf("rated ", from, StringComparison.Ordinal) + 6, 1), System.Globalization.CultureInfo.InvariantCulture);

    private class Judge(Func<string, int, int> rate) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Say(messages.Last().Text))));

        protected virtual string Say(string text) => $"Rating: [[{rate(text.Contains("odd rated", StringComparison.Ordinal) ? "odd" : "even", RatingIn(text, 0))}]]";

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => GC.SuppressFinalize(this);
    }

    /// <summary>Prefers the answer that says it is rated higher.</summary>
    private sealed class PairJudge() : Judge((_, rating) => rating)
    {
        protected override string Say(string text)
        {
            var second = text.IndexOf("Assistant B", StringComparison.Ordinal);
            return RatingIn(text, 0).CompareTo(RatingIn(text, second)) switch { > 0 => "[[A]]", < 0 => "[[B]]", _ => "[[C]]" };
        }
    }
}
