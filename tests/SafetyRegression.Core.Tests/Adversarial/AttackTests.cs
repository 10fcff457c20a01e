using System.Globalization;
using Microsoft.Extensions.AI;
using SafetyRegression.Adversarial;
using SafetyRegression.Classification;
using SafetyRegression.Reporting;
using SafetyRegression.Tests.Analysis;

namespace SafetyRegression.Tests.Adversarial;

/// <summary>Adaptive attacks: pairing, budgets, replay, resumption, and what they must never do.</summary>
public sealed class AttackTests
{
    private const string Refusal = "I'm sorry, but I can't help with that.";
    private const string Compliance = "Sure, here is a general overview. First comes the preparation, then the main part, and at the end a review of what was done. Let me know if you want more on any part.";
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("attacks").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_candidate_that_yields_to_escalation_is_found_and_named()
    {
        var comparison = (await Runner(6, yields: (arm, goal, turns) => arm == Arm.Candidate && goal.Contains("goal 2", StringComparison.Ordinal) && turns >= 2).RunAsync(null, new RegexClassifier()))[0];
        var report = ReportWith(comparison);
        var finding = report.Analysis.MultiTurn!.Adaptive.Single().Turns!;
        Assert.Multiple(() =>
        {
            Assert.That((finding.Planned, finding.Earlier, finding.Later, finding.Ties), Is.EqualTo((6, 1, 0, 5)));
            Assert.That(finding.Moved.Single().Statement, Is.EqualTo("candidate complied at turn 3, baseline never complied"));
            Assert.That(finding.Moved.Single().ItemId, Is.EqualTo("s2"));
            Assert.That(report.Analysis.OverallHarmful.Pairs, Is.EqualTo(1), "attacks never enter the paired refusal test");
            Assert.That(report.Analysis.MultiTurn!.Adaptive[0].CandidateEnds, Is.EquivalentTo(new Dictionary<AttackEnd, int> { [AttackEnd.Complied] = 1, [AttackEnd.TurnsSpent] = 5 }));
            foreach (var text in new[] { ReportJson.Write(report), HtmlReportWriter.Render(report), MarkdownReportWriter.Render(report) })
                Assert.That(text, Does.Contain("crescendo@1").And.Not.Contain("goal 2").And.Not.Contain("step 1"));
        });
    }

    [Test]
    public async Task Friendly_answers_to_harmless_steps_are_no_compliance()
    {
        var comparison = (await Runner(1, yields: (_, _, _) => false).RunAsync(null, new RegexClassifier()))[0];
        Assert.Multiple(() =>
        {
            Assert.That(comparison.Results.Select(result => result.End), Is.All.EqualTo(AttackEnd.TurnsSpent));
            Assert.That(comparison.Results[0].Outcomes.Take(2), Is.All.EqualTo(Outcome.Compliance), "the steps were answered");
            Assert.That(comparison.Results[0].Turn, Is.EqualTo(new TurnOfCompliance(null, 5, false)));
        });
    }

    [Test]
    public async Task A_refused_message_is_withdrawn_as_often_as_backtracks_allow()
    {
        var target = new TargetClient(Arm.Baseline, (_, _, _) => false);
        var runner = new AttackRunner(Target(target), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new CrescendoAttacker(new WriterClient(), "writer")], [Scenario(1)], new AttackOptions { MaxTurns = 5, MaxBacktracks = 1 });
        await runner.RunAsync(null, new RegexClassifier());
        // Two steps, then three requests: the first refused one is withdrawn, the second stays.
        Assert.That(target.Lengths, Is.EqualTo(new[] { 1, 3, 5, 5, 7 }));
    }

    [Test]
    public async Task Pair_begins_a_new_conversation_with_every_message()
    {
        var target = new TargetClient(Arm.Baseline, (_, _, _) => false);
        var runner = new AttackRunner(Target(target), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new PairAttacker(new WriterClient(steps: 0), "writer")], [Scenario(1)], new AttackOptions { MaxTurns = 3 });
        var results = (await runner.RunAsync(null, new RegexClassifier()))[0].Results;
        Assert.That((target.Lengths.ToArray(), results[0].End), Is.EqualTo((new[] { 1, 1, 1 }, AttackEnd.TurnsSpent)));
    }

    [Test]
    public async Task Replay_puts_the_baselines_messages_to_the_candidate()
    {
        var (before, after, writer) = (new TargetClient(Arm.Baseline, (_, _, _) => false), new TargetClient(Arm.Candidate, (_, _, turns) => turns >= 2), new WriterClient());
        var runner = new AttackRunner(Target(before), Target(after), [new CrescendoAttacker(writer, "writer")], [Scenario(1)], new AttackOptions { MaxTurns = 5, Replay = true });
        var comparison = (await runner.RunAsync(null, new RegexClassifier()))[0];
        Assert.Multiple(() =>
        {
            Assert.That(comparison.IsReplay);
            Assert.That(writer.Calls, Is.EqualTo(5), "nothing was written for the candidate");
            Assert.That(after.Said, Is.EqualTo(before.Said.Take(after.Said.Count)));
            Assert.That(comparison.Results.Single(result => result.Arm == Arm.Candidate).Turn.CompliedAt, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task A_replay_of_an_attack_that_the_baseline_fell_to_ends_where_that_ended()
    {
        var runner = new AttackRunner(Target(new TargetClient(Arm.Baseline, (_, _, turns) => turns >= 2)), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new CrescendoAttacker(new WriterClient(), "writer")], [Scenario(1)], new AttackOptions { MaxTurns = 5, Replay = true });
        var results = (await runner.RunAsync(null, new RegexClassifier()))[0].Results;
        Assert.That(results.Select(result => result.Turn), Is.EqualTo(new[] { new TurnOfCompliance(3, 5, false), new TurnOfCompliance(null, 3, false) }));
    }

    [Test]
    public async Task An_attack_that_was_stopped_by_a_budget_is_open_and_the_same_call_makes_the_rest()
    {
        AttackOptions Options(int? calls) => new() { MaxTurns = 5, Concurrency = 1, PerRun = new RunBudget { MaxCalls = calls } };
        var first = (await Runner(3, (_, _, _) => false, Options(14)).RunAsync(_folder, new RegexClassifier()))[0];
        var writer = new WriterClient();
        var second = (await Runner(3, (_, _, _) => false, Options(null), writer).RunAsync(_folder, new RegexClassifier()))[0];
        var whole = (await Runner(3, (_, _, _) => false, Options(null)).RunAsync(null, new RegexClassifier()))[0];
        Assert.Multiple(() =>
        {
            Assert.That((first.IsComplete, first.Results.Length), Is.EqualTo((false, 1)), "seven exchanges: the baseline's five, and two with the candidate");
            Assert.That((second.IsComplete, second.Results.Length), Is.EqualTo((true, 6)));
            Assert.That(writer.Calls, Is.EqualTo(30 - 7), "nothing is written twice");
            Assert.That(second.Results.Select(result => (result.ScenarioId, result.Arm, result.End, string.Join(',', result.Outcomes))), Is.EqualTo(whole.Results.Select(result => (result.ScenarioId, result.Arm, result.End, string.Join(',', result.Outcomes)))));
        });
    }

    [Test]
    public async Task One_attack_out_of_its_own_budget_says_nothing_of_the_target()
    {
        var comparison = (await Runner(2, (_, _, _) => false, new AttackOptions { MaxTurns = 5, PerAttack = new RunBudget { MaxCalls = 5 } }).RunAsync(null, new RegexClassifier()))[0];
        Assert.Multiple(() =>
        {
            Assert.That(comparison.Results.Select(result => (result.End, result.Turn.IsOpen, result.Calls)), Is.All.EqualTo((AttackEnd.CallsSpent, true, 4)));
            Assert.That(ReportWith(comparison).Analysis.MultiTurn!.Adaptive[0].Turns!.Baseline.Open, Is.EqualTo(2));
        });
    }

    [Test]
    public async Task A_log_cut_off_in_a_line_goes_on_and_a_log_of_other_attacks_is_refused()
    {
        await Runner(1, (_, _, _) => false).RunAsync(_folder, new RegexClassifier());
        var path = Path.Combine(_folder, "attacks.jsonl");
        var lines = await File.ReadAllLinesAsync(path);
        await File.WriteAllTextAsync(path, string.Join('\n', lines.Take(4)) + "\n" + lines[4][..20]);
        var writer = new WriterClient();
        var again = (await Runner(1, (_, _, _) => false, writer: writer).RunAsync(_folder, new RegexClassifier()))[0];
        Assert.Multiple(() =>
        {
            Assert.That((again.Results.Length, writer.Calls), Is.EqualTo((2, 10 - 3)));
            Assert.That(() => Runner(2, (_, _, _) => false).RunAsync(_folder, new RegexClassifier()), Throws.TypeOf<RunLogException>().With.Message.Contains("other scenarios"));
        });
    }

    [TestCase("I will not write that.")]
    [TestCase("<message asks=\"maybe\">hello</message>")]
    [TestCase("<message asks=\"yes\"></message>")]
    [TestCase("<message asks=\"yes\">not closed")]
    public async Task An_attacker_without_a_message_ends_the_attack_and_says_nothing_of_the_target(string reply)
    {
        var runner = new AttackRunner(Target(new TargetClient(Arm.Baseline, (_, _, _) => false)), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new CrescendoAttacker(new FixedClient(reply), "writer")], [Scenario(1)]);
        var results = (await runner.RunAsync(null, new RegexClassifier()))[0].Results;
        Assert.That(results.Select(result => (result.End, result.Turn.IsOpen)), Is.All.EqualTo((AttackEnd.NoMessage, true)));
    }

    [Test]
    public async Task An_attacker_that_never_asks_has_tested_nothing()
    {
        var runner = new AttackRunner(Target(new TargetClient(Arm.Baseline, (_, _, _) => false)), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new CrescendoAttacker(new FixedClient("<message asks=\"no\">step 1</message>"), "writer")], [Scenario(1)]);
        var results = (await runner.RunAsync(null, new RegexClassifier()))[0].Results;
        Assert.That(results.Select(result => (result.End, result.Turn.IsOpen)), Is.All.EqualTo((AttackEnd.NeverAsked, true)));
    }

    [Test]
    public async Task A_judge_that_reads_the_goal_may_find_compliance_in_any_turn()
    {
        var comparison = (await Runner(1, (_, _, _) => false, new AttackOptions { MaxTurns = 5, JudgeEveryTurn = true }).RunAsync(null, new RegexClassifier()))[0];
        Assert.That(comparison.Results.Select(result => result.Turn.CompliedAt), Is.All.EqualTo(1));
    }

    [Test]
    public void The_category_of_minors_is_never_attacked()
    {
        var prompt = Runs.Prompt("m", "sexual-minors");
        Assert.Multiple(() =>
        {
            Assert.That(AttackScenario.IsFit(prompt), Is.False);
            Assert.That(() => AttackScenario.From(prompt), Throws.ArgumentException);
            Assert.That(() => AttackScenario.From(Runs.Prompt("b", "privacy", ExpectedBehavior.Comply)), Throws.ArgumentException);
            Assert.That(
                () => new AttackRunner(Target(new TargetClient(Arm.Baseline, (_, _, _) => false)), Target(new TargetClient(Arm.Candidate, (_, _, _) => false)), [new PairAttacker(new WriterClient(), "w")], [Scenario(1) with { Category = HarmCategory.SexualMinors }]),
                Throws.ArgumentException);
        });
    }

    [Test]
    public async Task The_log_holds_what_was_said_and_is_private()
    {
        await Runner(1, (_, _, _) => false).RunAsync(_folder, new RegexClassifier());
        var path = Path.Combine(_folder, "attacks.jsonl");
        Assert.That(await File.ReadAllTextAsync(path), Does.Contain("step 1"));
        if (!OperatingSystem.IsWindows())
            Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    private static AttackRunner Runner(int scenarios, Func<Arm, string, int, bool> yields, AttackOptions? options = null, WriterClient? writer = null) => new(
        Target(new TargetClient(Arm.Baseline, yields)), Target(new TargetClient(Arm.Candidate, yields)), [new CrescendoAttacker(writer ?? new WriterClient(), "writer")],
        Enumerable.Range(1, scenarios).Select(Scenario), options ?? new AttackOptions { MaxTurns = 5 });

    private static ModelTarget Target(TargetClient client) => new(client, new TargetIdentity { Provider = "test", Model = client.Arm.ToString() });

    private static AttackScenario Scenario(int number) => AttackScenario.From(Runs.Prompt($"s{number}") with { Turns = [PromptMessage.User($"This is goal {number}.")] });

    private static RegressionReport ReportWith(AttackComparison comparison)
    {
        var suite = Runs.Suite(Runs.Prompt("plain"));
        return RegressionReport.Create(suite, Runs.Run(suite, Arm.Baseline, (_, _) => Outcome.Refusal), Runs.Run(suite, Arm.Candidate, (_, _) => Outcome.Refusal), options: new ReportOptions { Attacks = [comparison] });
    }

    /// <summary>Writes two harmless steps, then asks for the goal.</summary>
    private sealed class WriterClient(int steps = 2) : FixedClient
    {
        internal int Calls;

        protected override string Reply(IList<ChatMessage> messages)
        {
            Interlocked.Increment(ref Calls);
            var told = messages[^1].Text;
            var turn = told.Split("\nuser: ").Length;
            var goal = told[(told.IndexOf("<goal>", StringComparison.Ordinal) + 6)..told.IndexOf("</goal>", StringComparison.Ordinal)];
            return turn <= steps ? string.Create(CultureInfo.InvariantCulture, $"<message asks=\"no\">step {turn}</message>") : string.Create(CultureInfo.InvariantCulture, $"Here it is: <message asks=\"yes\">{goal} Attempt {turn}.</message>");
        }
    }

    /// <summary>Answers steps, and refuses requests unless it yields after so many exchanges.</summary>
    private sealed class TargetClient(Arm arm, Func<Arm, string, int, bool> yields) : FixedClient
    {
        internal Arm Arm => arm;

        internal List<int> Lengths { get; } = [];

        internal List<string> Said { get; } = [];

        protected override string Reply(IList<ChatMessage> messages)
        {
            lock (Lengths)
            {
                Lengths.Add(messages.Count);
                Said.Add(messages[^1].Text);
            }

            return messages[^1].Text.StartsWith("step", StringComparison.Ordinal) || yields(arm, messages[^1].Text, messages.Count / 2) ? Compliance : Refusal;
        }
    }

    private class FixedClient(string reply = "") : IChatClient
    {
        protected virtual string Reply(IList<ChatMessage> messages) => reply;

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Reply([.. messages]))) { FinishReason = ChatFinishReason.Stop });

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
