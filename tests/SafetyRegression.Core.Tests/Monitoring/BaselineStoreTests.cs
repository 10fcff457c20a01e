using System.Collections.Immutable;
using SafetyRegression.Benchmarks.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

public sealed class BaselineStoreTests
{
    private static readonly Drifting _family = new(5, perCategory: 6, benign: 16);
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("baselines").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_received_baseline_is_pinned_by_a_person_with_a_reason()
    {
        var store = Store();
        var path = store.Receive(Baseline("a"));
        var before = store.Find("clinic");
        var pinned = store.Accept("clinic", new BaselineAcceptance { By = "ada", Reason = "first release", Expires = new DateOnly(2027, 3, 31) });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Path.GetFileName(path), Is.EqualTo("clinic.received.json"));
            Assert.That(before, Is.Null, "received is not pinned");
            Assert.That(File.Exists(path), Is.False);
            Assert.That(File.ReadAllText(Path.Combine(_folder, ".gitignore")), Does.Contain("*.received.json"));
            Assert.That(store.Find("clinic")!.Approval, Is.EqualTo(pinned.Approval));
            Assert.That(pinned.Approval!.IsExpired(new DateTimeOffset(2027, 3, 31, 23, 0, 0, TimeSpan.Zero)), Is.False);
            Assert.That(pinned.Approval.IsExpired(new DateTimeOffset(2027, 4, 1, 0, 0, 0, TimeSpan.Zero)));
            Assert.That(pinned.Approval.IsExpired(asOf: null), "when the time is unknown, an end has passed");
            Assert.That(store.Lineages, Is.EqualTo(new[] { "clinic" }));
        }
    }

    [Test]
    public void What_is_written_is_read_back_and_holds_no_text()
    {
        var written = Baseline("a", depth: 3);
        var json = PinnedBaselineJson.Write(written);
        var read = PinnedBaselineJson.Read(json);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(PinnedBaselineJson.Write(read), Is.EqualTo(json));
            Assert.That(read.Run.Digest, Is.EqualTo(written.Digest));
            Assert.That(read.Run.Outcomes.Rows.Values.SelectMany(row => row).Count(answer => answer.Depth == 3), Is.GreaterThan(0));
            Assert.That(json, Does.Not.Contain("text of"));
        }
    }

    [Test]
    public void A_continuous_integration_job_accepts_nothing_unless_told_so()
    {
        var store = Store(ci: "true");
        store.Receive(Baseline("a"));
        var acceptance = new BaselineAcceptance { By = "bot", Reason = "because" };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => store.Accept("clinic", acceptance), Throws.InstanceOf<BaselineNotAcceptedException>().With.Message.Contains("CI"));
            Assert.That(store.Find("clinic"), Is.Null);
            Assert.That(store.Accept("clinic", acceptance with { InContinuousIntegration = true }).Approval!.By, Is.EqualTo("bot"));
        }
    }

    [Test]
    public void A_blocked_run_is_pinned_only_against_advice_and_stays_marked()
    {
        var store = Store();
        store.Receive(Baseline("a") with { Recommendation = DeploymentRecommendation.Block });
        var acceptance = new BaselineAcceptance { By = "ada", Reason = "known loss" };

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => store.Accept("clinic", acceptance), Throws.InstanceOf<BaselineNotAcceptedException>());
            Assert.That(store.Accept("clinic", acceptance with { AgainstAdvice = true }).Approval!.AgainstAdvice);
        }

        var next = _family.Run("b", 0);
        var trend = LineageAssessor.Assess(new LineageInput { Lineage = "clinic", Suite = _family.Suite, Run = next, Pin = store.Find("clinic") }).Trend;
        Assert.That(trend.Note, Does.Contain("against the advice to block").And.Contain("known loss"));
    }

    [TestCase("", "why", "by")]
    [TestCase("ada", " ", "reason")]
    public void An_acceptance_names_who_and_why(string by, string reason, string field)
    {
        var store = Store();
        store.Receive(Baseline("a"));
        Assert.That(() => store.Accept("clinic", new BaselineAcceptance { By = by, Reason = reason }), Throws.InstanceOf<InvalidInputException>().With.Message.Contains(field));
    }

    [Test]
    public void Nothing_received_is_nothing_accepted() =>
        Assert.That(() => Store().Accept("clinic", new BaselineAcceptance { By = "ada", Reason = "r" }), Throws.InstanceOf<BaselineNotAcceptedException>().With.Message.Contains("clinic.received.json"));

    [TestCase("\"schemaVersion\": \"1.1\"", "\"schemaVersion\": \"2.0\"", "schemaVersion")]
    [TestCase("\"samplesPerPrompt\": 1", "\"samplesPerPrompt\": 0", "samplesPerPrompt")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-000\": \"compliance\"", "digest")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-000\": \"refusal refusal\"", "violence-000")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-000\": \"refused\"", "violence-000")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-000\": \"refusal/7\"", "violence-000")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-001\": \"refusal\"", "violence-001")]
    [TestCase("\"violence-000\": \"refusal\"", "\"violence-000\": 1", "violence-000")]
    [TestCase("\"benignRefused\": ", "\"benignRefused\": 99", "benignRefused")]
    [TestCase("\"lineage\": \"clinic\"", "\"lineage\": \" \"", "lineage")]
    [TestCase("\"lineage\": \"clinic\",", "", "lineage")]
    public void A_damaged_file_names_file_line_and_field(string from, string to, string field)
    {
        var json = PinnedBaselineJson.Write(Baseline("a"));
        Assert.That(json, Does.Contain(from));
        var thrown = Assert.Throws<InvalidInputException>(() => PinnedBaselineJson.Read(json.Replace(from, to, StringComparison.Ordinal), "clinic.json"))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown.Message, Does.Contain("clinic.json(").And.Contain(field));
            Assert.That(thrown.Problems[0].Line, Is.GreaterThan(0));
        }
    }

    [TestCase("\"by\": \"ada\"", "\"by\": \"eve\"")]
    [TestCase("\"reason\": \"first release\"", "\"reason\": \"none\"")]
    [TestCase("\"expires\": \"2027-03-31\"", "\"expires\": \"2037-03-31\"")]
    [TestCase("\"at\": \"20", "\"at\": \"19")]
    [TestCase("\"againstAdvice\": false", "\"againstAdvice\": true")]
    [TestCase("\"approval\":", "\"recommendation\": \"Deploy\", \"approval\":")]
    [TestCase("\"deception\": 0.", "\"deception\": 0.0")]
    [TestCase("\"label\": \"a\"", "\"label\": \"b\"")]
    [TestCase("\"approval\":", "\"note\": 1, \"approval\":")]
    [TestCase("\"seal\": \"", "\"seal\": \"0")]
    [TestCase("\"seal\": ", "\"sealed\": ")]
    public void No_part_of_a_pin_is_edited_by_hand(string from, string to)
    {
        var store = Store();
        store.Receive(Baseline("a"));
        store.Accept("clinic", new BaselineAcceptance { By = "ada", Reason = "first release", Expires = new DateOnly(2027, 3, 31) });
        var json = File.ReadAllText(store.PathOf("clinic"));
        Assert.That(json, Does.Contain(from));
        File.WriteAllText(store.PathOf("clinic"), json.Replace(from, to, StringComparison.Ordinal));

        Assert.That(() => store.Find("clinic"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("clinic.json").And.Message.Contains("seal: expected the digest of the whole file"));
    }

    [Test]
    public void White_space_and_line_ends_are_no_edit()
    {
        var json = PinnedBaselineJson.Write(Baseline("a"));
        Assert.That(PinnedBaselineJson.Read(json.Replace("\n", "\r\n  ", StringComparison.Ordinal)).Seal, Has.Length.EqualTo(64));
    }

    [Test]
    public void A_pin_of_the_form_without_a_seal_verifies_by_its_outcomes_and_is_sealed_when_it_is_written_again()
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(PinnedBaselineJson.Write(Baseline("a")))!.AsObject();
        json.Remove("seal");
        var broken = json.ToJsonString();
        json["schemaVersion"] = "1.0";
        var older = PinnedBaselineJson.Read(json.ToJsonString());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(older.Seal, Is.Null);
            Assert.That(PinnedBaselineJson.Read(PinnedBaselineJson.Write(older)).Seal, Is.Not.Null);
            Assert.That(() => PinnedBaselineJson.Read(broken), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("seal"), "a file of this version has one");
        }
    }

    [Test]
    public void A_file_that_was_never_accepted_is_no_pin()
    {
        var store = Store();
        store.Receive(Baseline("a"));
        File.Move(store.ReceivedPathOf("clinic"), store.PathOf("clinic"));
        Assert.That(() => store.Find("clinic"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("approval"));
    }

    [TestCase("../../etc/passwd")]
    [TestCase(".hidden")]
    [TestCase("a/b\\c:d")]
    public void No_lineage_leaves_the_folder(string lineage) =>
        Assert.That(Path.GetDirectoryName(Path.GetFullPath(Store().PathOf(lineage))), Is.EqualTo(Path.GetFullPath(_folder)));

    [Test]
    public void Two_lineages_never_share_a_file_and_plain_names_are_their_own()
    {
        string[] names = ["a-b", "a/b", "a\\b", "a b", " a-b", "a-b ", "a:b", "ä-b", "-b", ".b", "/b", new('x', 80), new string('x', 80) + "y", new string('x', 80) + "z", "x.received", "x"];
        var store = Store();
        var files = names.SelectMany(name => new[] { store.PathOf(name), store.ReceivedPathOf(name), LineageHistory.PathOf(_folder, name) }).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(files, Is.Unique);
            Assert.That(files.Select(path => Path.GetFileName(path)), Has.All.Matches<string>(name => name!.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~')));
            foreach (var plain in new[] { "a-b", "-b", new string('x', 80), "clinic_7.1" })
                Assert.That(Path.GetFileName(store.PathOf(plain)), Is.EqualTo(plain + ".json"));
            Assert.That(Path.GetFileName(store.PathOf("a/b")), Is.EqualTo("a-b~c14cddc033f64b9d.json"), "the first 16 digits of: printf a/b | sha256sum");
        }
    }

    [Test]
    public void A_listed_lineage_is_found_by_its_file()
    {
        var store = Store();
        store.Receive(Baseline("a") with { Lineage = "org/model" });
        store.Accept("org/model", new BaselineAcceptance { By = "ada", Reason = "r" });
        Assert.That(store.Find(store.Lineages.Single())!.Lineage, Is.EqualTo("org/model"));
        Assert.That(store.Find("org-model"), Is.Null);
    }

    [Test]
    public void A_pin_where_it_was_kept_before_is_not_passed_over()
    {
        var store = Store();
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.Combine(_folder, "org-model.json"), PinnedBaselineJson.Write(Baseline("a") with { Lineage = "org/model" }));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => store.Find("org/model"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("org-model.json").And.Message.Contains("Rename it"));
            Assert.That(() => store.Find("org-model"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("org/model"));
            Assert.That(store.Find("org model"), Is.Null, "another lineage's");
        }
    }

    [Test]
    public void The_difference_is_shown_prompt_by_prompt()
    {
        var (then, now) = (Baseline("a"), Baseline("b", lost: 0.5));
        var difference = BaselineDifference.Of(then, now);
        var expected = then.Run.Outcomes.Rows.Count(row => row.Value[0].Outcome == Outcome.Refusal && now.Run.Outcomes.Rows[row.Key][0].Outcome == Outcome.Compliance);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(difference.NoLongerRefused, Has.Length.EqualTo(expected).And.Length.GreaterThan(5));
            Assert.That(difference.OnlyInOne, Is.Zero);
            Assert.That(difference.Breaks, Is.Empty);
        }
    }

    private BaselineStore Store(string? ci = null) =>
        new(_folder, environment: name => name == "CI" ? ci : null);

    private static PinnedBaseline Baseline(string model, double lost = 0, int? depth = null)
    {
        var run = _family.Run(model, lost);
        if (depth is not null)
            run = run with { Samples = [.. run.Samples.Select(sample => sample with { Verdict = sample.Verdict with { Depth = sample.Verdict.Outcome == Outcome.Compliance ? depth : null } })] };
        return PinnedBaseline.Propose("clinic", _family.Suite, run, SafetyPolicy.Standard);
    }
}
