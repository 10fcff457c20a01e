using SafetyRegression.Benchmarks.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>The stored form of capability and toxicity, and files from before there was one.</summary>
public sealed class StoredMeasuresTests
{
    private static readonly Drifting _family = new(5, perCategory: 6, benign: 16);
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("measures").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Scores_are_written_and_read_back_without_a_text()
    {
        var written = Baseline();
        var json = PinnedBaselineJson.Write(written);
        var read = PinnedBaselineJson.Read(json);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PinnedBaselineJson.Write(read), Is.EqualTo(json));
            Assert.That(read.Digest, Is.EqualTo(read.Run.Digest));
            Assert.That(read.Run.ToRun(Arm.Baseline).Samples.Select(sample => (sample.ItemId, sample.Toxicity)), Is.EqualTo(written.Run.ToRun(Arm.Baseline).Samples.Select(sample => (sample.ItemId, sample.Toxicity))));
            Assert.That(read.Run.Outcomes.Rows["violence-000"][0].IsToxicityMissing);
            Assert.That(read.Run.Outcomes.Rows["violence-001"][0], Is.EqualTo(new StoredAnswer(written.Run.Outcomes.Rows["violence-001"][0].Outcome) { Toxicity = 1.0 / 3 }), "as exact as it was scored");
            Assert.That(read.Run.ToxicityScorer, Is.EqualTo(written.Run.ToxicityScorer));
            Assert.That(read.Run.Capability!.Scores.Rows["q-0000"], Is.EqualTo(new[] { new StoredScore(CapabilityOutcome.Incorrect, 0.25) }));
            Assert.That(read.Run.Capability.Scores.Rows["q-0001"], Is.EqualTo(new[] { new StoredScore(CapabilityOutcome.Unparsed, 0) }));
            Assert.That(read.Run.Capability.Scores.Rows["q-0002"], Is.EqualTo(new[] { new StoredScore(CapabilityOutcome.Unscored, 0) }), "what was planned and is not there");
            Assert.That(json, Does.Not.Contain("text of").And.Not.Contain("question").And.Not.Contain("read out").And.Not.Contain("no letter"));
        }
    }

    [TestCase("\"q-0000\": \"incorrect/0.25\"", "\"q-0000\": \"incorrect/0.35\"", "digest")]
    [TestCase("\"q-0000\": \"incorrect/0.25\"", "\"q-0000\": \"incorrect/1.25\"", "q-0000")]
    [TestCase("\"q-0000\": \"incorrect/0.25\"", "\"q-0000\": \"wrong\"", "q-0000")]
    [TestCase("\"q-0000\": \"incorrect/0.25\"", "\"q-0000\": \"correct correct\"", "q-0000")]
    [TestCase("\"q-0000\": \"incorrect/0.25\"", "\"q-0001\": \"correct\"", "q-0001")]
    [TestCase("\"samplesPerItem\": 1", "\"samplesPerItem\": 0", "samplesPerItem")]
    [TestCase("@0.3333333333333333\"", "@0.3333333333333334\"", "digest")]
    [TestCase("@0.3333333333333333\"", "@1.5\"", "violence-001")]
    [TestCase("@0.3333333333333333\"", "@NaN\"", "violence-001")]
    [TestCase("@0.3333333333333333\"", "@\"", "violence-001")]
    [TestCase("@?\"", "@0\"", "digest")]
    public void A_score_changed_by_hand_is_refused(string from, string to, string field)
    {
        var json = PinnedBaselineJson.Write(Baseline());
        Assert.That(json, Does.Contain(from));
        Assert.That(() => PinnedBaselineJson.Read(json.Replace(from, to, StringComparison.Ordinal), "clinic.json"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("clinic.json(").And.Message.Contains(field));
    }

    [Test]
    public void The_digest_knows_every_measure()
    {
        var run = Baseline().Run;
        string[] digests =
        [
            run.Digest,
            (run with { Capability = null }).Digest,
            (run with { Capability = run.Capability! with { SuiteFingerprint = "other" } }).Digest,
            (run with { Capability = run.Capability! with { SamplesPerItem = 2 } }).Digest,
            (run with { ToxicityScorer = null }).Digest,
            (run with { ToxicityScorer = run.ToxicityScorer! with { Fingerprint = "other" } }).Digest,
        ];
        Assert.That(digests, Is.Unique);
    }

    [Test]
    public void Files_from_before_these_measures_are_read_and_compared()
    {
        var pin = PinnedBaselineJson.Read(Resource("old-baseline.json"), "old-baseline.json");
        var path = Path.Combine(_folder, "old.jsonl");
        File.WriteAllText(path, Resource("old-history.jsonl"));
        var history = LineageHistory.Open(path);
        var suite = OldSuite();
        var run = pin.Run.ToRun(Arm.Candidate);
        var measured = run with { Samples = [.. run.Samples.Select(sample => sample with { Toxicity = 0.1 })] };
        var assessment = LineageAssessor.Assess(new LineageInput { Lineage = "old", Suite = suite, Run = measured, Capability = _family.Ability("m", 0), Pin = pin, History = history.Entries });
        history.Append(assessment.Entry);
        var reopened = LineageHistory.Open(path);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((pin.SchemaVersion, pin.Run.Capability, pin.Run.ToxicityScorer, pin.Run.Outcomes.Rows["v-2"][0]), Is.EqualTo(("1.0", (StoredCapability?)null, (ClassifierIdentity?)null, new StoredAnswer(Outcome.Compliance, 3))));
            Assert.That(assessment.Look, Is.EqualTo(2), "the old entry was a look at the same pin");
            Assert.That(assessment.AgainstPin!.Breaks.Concat(assessment.AgainstPrevious!.Breaks), Is.Empty);
            Assert.That(assessment.Gates.Where(gate => gate.Status == GateStatus.NotConfigured).Select(gate => gate.Id), Is.SupersetOf(new[] { "pinned-baseline-capability", "pinned-baseline-toxicity", "previous-iteration-capability", "previous-iteration-toxicity" }));
            Assert.That(reopened.Entries.Select(entry => entry.Run.Digest), Is.EqualTo(new[] { pin.Digest, assessment.Entry.Run.Digest }), "read back from one file, old and new");
            Assert.That(reopened.Entries[1].Run.Capability!.Scores.Rows, Has.Count.EqualTo(1500));
        }
    }

    [TestCase(Arm.Candidate)]
    [TestCase(Arm.Baseline)]
    public async Task A_monitor_takes_the_scores_of_the_evidence(Arm watched)
    {
        var (baseline, candidate) = (_family.Run("base", 0, Arm.Baseline), _family.Run("ft-01", 0));
        var (before, after) = (_family.Ability("base", 0), _family.Ability("ft-01", 0.1));
        var capability = new CapabilityComparison(_family.Questions, before.Run with { Arm = Arm.Baseline }, after.Run);
        var iteration = new MonitoredIteration
        {
            Lineage = "clinic",
            Suite = _family.Suite,
            Run = watched == Arm.Candidate ? candidate : baseline,
            Evidence = Evidence.Create(_family.Suite, baseline, candidate, options: new ReportOptions { Capability = capability }),
        };
        var monitor = new SafetyMonitor(new MonitoringFolders { Baselines = Path.Combine(_folder, "baselines"), History = Path.Combine(_folder, "history") });
        var observed = await monitor.ObserveAsync(iteration);
        var again = await monitor.ObserveAsync(iteration);
        var expected = StoredRun.Of(_family.Suite, iteration.Run, watched == Arm.Candidate ? after : before);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(observed.Assessment.Entry.Run.Digest, Is.EqualTo(expected.Digest));
            Assert.That(PinnedBaselineJson.Load(observed.ReceivedPath!).Run.Digest, Is.EqualTo(expected.Digest));
            Assert.That(again.Assessment.Iteration, Is.EqualTo(1), "the same run again is no new iteration");
        }
    }

    [Test]
    public void Scores_of_another_suite_are_refused()
    {
        var ability = _family.Ability("m", 0);
        var other = new CapabilitySuite("other", "1", _family.Questions.Items.Take(10));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => StoredRun.Of(_family.Suite, _family.Run("m", 0), ability with { Suite = other }), Throws.InstanceOf<RunsNotComparableException>().With.Message.Contains("other"));
            Assert.That(
                () => StoredRun.Of(_family.Suite, _family.Run("m", 0), ability with { Run = ability.Run with { Samples = [.. ability.Run.Samples, ability.Run.Samples[0]] } }),
                Throws.InstanceOf<RunsNotComparableException>().With.Message.Contains("q-0000"));
        }
    }

    private static PinnedBaseline Baseline()
    {
        var run = _family.WithToxicity(_family.Run("a", 0), 0.1);
        run = run with
        {
            Samples = [.. run.Samples.Select(sample => sample.ItemId switch
            {
                "violence-000" => sample with { Toxicity = null },
                "violence-001" => sample with { Toxicity = 1.0 / 3 },
                _ => sample,
            })],
        };
        var ability = _family.Ability("a", 0);
        return PinnedBaseline.Propose("clinic", _family.Suite, run, SafetyPolicy.Standard, capability: ability with
        {
            Run = ability.Run with
            {
                Samples = [.. ability.Run.Samples.Where(sample => sample.ItemId != "q-0002").Select(sample => sample.ItemId switch
                {
                    "q-0000" => sample with { Score = CapabilityScore.Graded(0.25, "read out") },
                    "q-0001" => sample with { Score = CapabilityScore.Unparsed("no letter") },
                    _ => sample,
                })],
            },
        });
    }

    /// <summary>The suite that the old files answer.</summary>
    private static SafetySuite OldSuite()
    {
        SafetyPrompt Prompt(string id, ExpectedBehavior expected) =>
            new() { Id = id, Category = HarmCategory.Violence, Expected = expected, Turns = [PromptMessage.User("text of " + id)] };
        return new SafetySuite(
            "old", "1", [Prompt("v-1", ExpectedBehavior.Refuse), Prompt("v-2", ExpectedBehavior.Refuse), Prompt("v-3", ExpectedBehavior.Refuse), Prompt("b-1", ExpectedBehavior.Comply)], allowSingleClass: true);
    }

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(StoredMeasuresTests).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
