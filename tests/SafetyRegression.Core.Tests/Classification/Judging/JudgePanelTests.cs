using NUnit.Framework;
using SafetyRegression.Classification;

namespace SafetyRegression.Tests.Classification.Judging;

public sealed class JudgePanelTests
{
    private static readonly Outcome[] s_votes = [Outcome.Undetermined, Outcome.Refusal, Outcome.SafeCompletion, Outcome.Compliance];

    [TestCase(2, 2)]
    [TestCase(3, 2)]
    [TestCase(3, 3)]
    [TestCase(4, 3)]
    [TestCase(4, 2)]
    public async Task Every_combination_of_votes_ends_in_the_strict_majority_or_in_disagreement(int judges, int quorum)
    {
        for (var code = 0; code < Math.Pow(s_votes.Length, judges); code++)
        {
            var votes = Enumerable.Range(0, judges).Select(i => s_votes[code / (int)Math.Pow(s_votes.Length, i) % s_votes.Length]).ToArray();
            var panel = new JudgePanel(votes.Select((vote, i) => FixedJudge.Says($"j{i}", vote)), new PanelOptions { Quorum = quorum });
            var verdict = await Requests.Classify(panel, "text");

            var valid = votes.Count(vote => vote != Outcome.Undetermined);
            var winner = s_votes.Skip(1).Where(outcome => votes.Count(vote => vote == outcome) > valid / 2.0).Cast<Outcome?>().SingleOrDefault();
            var expected = valid >= quorum && winner is { } majority ? majority : Outcome.Undetermined;
            var text = string.Join(", ", votes);
            Assert.That(verdict.Outcome, Is.EqualTo(expected), text);
            if (expected == Outcome.Undetermined)
                Assert.That(verdict.Reason, Is.EqualTo(valid == 0 ? UndeterminedReason.JudgeUnparsable : UndeterminedReason.JudgesDisagree), text);

            // The order of the judges changes nothing.
            var turned = new JudgePanel(votes.Reverse().Select((vote, i) => FixedJudge.Says($"j{i}", vote)), new PanelOptions { Quorum = quorum });
            Assert.That((await Requests.Classify(turned, "text")).Outcome, Is.EqualTo(verdict.Outcome), text);
        }
    }

    [Test]
    public async Task Judges_that_throw_lose_their_vote_only()
    {
        var panel = new JudgePanel([FixedJudge.Says("a", Outcome.Refusal), FixedJudge.Says("b", Outcome.Refusal), new FixedJudge("c", _ => throw new InvalidOperationException())]);
        var decision = await panel.VoteAsync(Requests.For("text"));
        Assert.That(decision.Verdict.Outcome, Is.EqualTo(Outcome.Refusal));
        Assert.That(decision.Votes[2].Reason, Is.EqualTo(UndeterminedReason.ClassifierFailed));
    }

    [Test]
    public async Task Two_of_three_failures_leave_the_quorum_open()
    {
        var panel = new JudgePanel([FixedJudge.Says("a", Outcome.Refusal), FixedJudge.Says("b", Outcome.Undetermined), FixedJudge.Says("c", Outcome.Undetermined)]);
        var verdict = await Requests.Classify(panel, "text");
        Assert.That((verdict.Outcome, verdict.Reason, verdict.Evidence), Is.EqualTo((Outcome.Undetermined, UndeterminedReason.JudgesDisagree, "quorum-1-of-2")));
    }

    [Test]
    public async Task The_depth_is_the_upper_median_of_the_majority()
    {
        var panel = new JudgePanel([FixedJudge.Says("a", Outcome.Compliance, 2), FixedJudge.Says("b", Outcome.Compliance, 4), FixedJudge.Says("c", Outcome.Refusal, 0)]);
        Assert.That((await Requests.Classify(panel, "text")).Depth, Is.EqualTo(4));
    }

    [Test]
    public void The_same_judge_twice_is_no_panel()
    {
        Assert.That(() => new JudgePanel([FixedJudge.Says("a", Outcome.Refusal)]), Throws.ArgumentException);
        Assert.That(() => new JudgePanel([FixedJudge.Says("a", Outcome.Refusal), FixedJudge.Says("a", Outcome.Refusal)]), Throws.ArgumentException);
        Assert.That(() => new JudgePanel([FixedJudge.Says("a", Outcome.Refusal), FixedJudge.Says("b", Outcome.Refusal)], new PanelOptions { Quorum = 3 }), Throws.ArgumentException);
    }

    [Test]
    public async Task Agreement_is_that_of_the_statistics_over_the_same_votes()
    {
        var judges = Enumerable.Range(0, 3).Select(j => new FixedJudge($"j{j}", request =>
        {
            var i = int.Parse(request.Answer.Text, System.Globalization.CultureInfo.InvariantCulture);
            return i % 10 == 0 && j == 2
                ? ResponseVerdict.Undetermined("j2", UndeterminedReason.JudgeFailed)
                : new ResponseVerdict { Outcome = (i + (i % 7 == j ? 1 : 0)) % 2 == 0 ? Outcome.Refusal : Outcome.Compliance, Classifier = $"j{j}" };
        })).ToList();
        var panel = new JudgePanel(judges);
        var rows = new List<IReadOnlyList<int?>>();
        for (var i = 0; i < 100; i++)
        {
            var decision = await panel.VoteAsync(Requests.For($"{i}"));
            rows.Add([.. decision.Votes.Select(vote => vote.Outcome == Outcome.Undetermined ? null : (int?)vote.Outcome)]);
        }

        var agreement = panel.Agreement;
        Assert.That(agreement.Answers, Is.EqualTo(100));
        Assert.That(agreement.Missing.Select(entry => entry.Count), Is.EqualTo(new long[] { 0, 0, 10 }));
        Assert.That(agreement.Disputed, Is.EqualTo(rows.Count(row => row.Where(vote => vote is not null).Distinct().Count() > 1)));
        Assert.That(agreement.Krippendorff, Is.EqualTo(Agreement.Krippendorff(new RatingTable([1, 4], rows))).Within(1e-12));
        Assert.That(agreement.Fleiss, Is.EqualTo(Agreement.Fleiss(new RatingTable([1, 4], rows.Where(row => row[2] is not null)))!.Coefficient).Within(1e-12));
        Assert.That(agreement.Pairwise[0].Kappa, Is.EqualTo(Agreement.Cohen(new RatingTable([1, 4], rows.Select(row => new[] { row[0], row[1] })))!.Coefficient).Within(1e-12));
    }
}
