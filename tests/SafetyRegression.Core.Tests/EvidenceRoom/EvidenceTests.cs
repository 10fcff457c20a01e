using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafetyRegression.Bundles;
using SafetyRegression.Classification;
using SafetyRegression.Reporting;
using SafetyRegression.Tests.Analysis;
using SafetyRegression.Tests.Classification.Judging;

namespace SafetyRegression.Tests.EvidenceRoom;

public sealed class EvidenceTests
{
    private static readonly string[] s_files = ["plan.json", "prompts.jsonl", "capability.jsonl", "outcomes.jsonl", "report.json", "manifest.json"];

    private Bundle _bundle = null!;

    [SetUp]
    public async Task Write() => _bundle = await Bundle.WriteAsync();

    [TearDown]
    public void Remove() => _bundle.Dispose();

    [Test]
    public void A_clean_bundle_verifies_and_says_what_was_not_checked()
    {
        var verification = _bundle.Verify();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.IsValid, verification.ToString());
            Assert.That(verification.Head, Is.EqualTo(_bundle.Evidence.Report.Seal!.Head));
            Assert.That(verification.Plan, Is.EqualTo(Bundle.Hash(_bundle.Bytes("plan.json"))), "the plan's hash is that of its file");
            Assert.That(verification.Head, Is.EqualTo(Bundle.Hash(Encoding.UTF8.GetBytes(_bundle.Lines("outcomes.jsonl")[^1]))), "the head is the hash of the last line");
            Assert.That(verification.Outcomes, Is.EqualTo(80));
            Assert.That(verification.Values, Is.GreaterThan(500));
            Assert.That(verification.Notes, Has.Some.Contain("not signed").And.Some.Contain("answers were there already"));
        }
    }

    [Test]
    public async Task A_zip_verifies_like_a_folder_and_is_the_same_every_time()
    {
        using var first = new MemoryStream();
        using var second = new MemoryStream();
        await _bundle.Evidence.WriteZipAsync(first);
        await Bundle.Create().WriteZipAsync(second);
        var path = _bundle.PathOf("../" + Path.GetFileName(_bundle.Folder) + ".zip");
        await File.WriteAllBytesAsync(path, first.ToArray());
        var verification = Evidence.Verify(path);
        File.Delete(path);

        Assert.That(verification.IsValid, verification.ToString());
        Assert.That(second.ToArray(), Is.EqualTo(first.ToArray()));
    }

    [Test]
    public void Any_changed_byte_of_any_file_is_found_in_that_file([ValueSource(nameof(s_files))] string file)
    {
        var bytes = _bundle.Bytes(file);
        var random = new Random(20261121);
        for (var i = 0; i < 16; i++)
        {
            var at = random.Next(bytes.Length);
            var changed = (byte[])bytes.Clone();
            changed[at] = (byte)(changed[at] ^ (1 << random.Next(8)));
            var verification = _bundle.With(file, changed);
            Assert.That(verification.IsValid, Is.False, $"{file} byte {at}");
            Assert.That(verification.Problems, Has.Some.Property("Place").StartsWith(file).Or.Some.Property("Place").StartsWith("manifest.json"), $"{file} byte {at}: {verification}");
        }
    }

    [TestCase("schemaVersion")]
    [TestCase("recommendation")]
    [TestCase("Baseline")]
    public void A_name_or_text_that_is_no_Unicode_is_a_problem_and_no_crash(string word)
    {
        var text = Encoding.Latin1.GetString(_bundle.Bytes("report.json"));
        Assert.That(text, Does.Contain(word));
        foreach (var broken in new[] { "\u00F3" + word[1..], word[..^1] + "\u00FF", "\\ud800" + word })
        {
            var verification = _bundle.With("report.json", Encoding.Latin1.GetBytes(text.Replace(word, broken, StringComparison.Ordinal)));
            Assert.That(verification.Problems, Has.Some.Property("Place").StartsWith("report.json"));
        }
    }

    [Test]
    public void Anything_cut_off_or_added_at_the_end_is_found([ValueSource(nameof(s_files))] string file)
    {
        var bytes = _bundle.Bytes(file);
        foreach (var changed in new[] { bytes[..^1], bytes[..(bytes.Length / 2)], [], [.. bytes, (byte)'\n'], [.. bytes, (byte)' '] })
            Assert.That(_bundle.With(file, changed).IsValid, Is.False, $"{file}, {changed.Length} bytes");
        var away = _bundle.PathOf(file) + ".away";
        File.Move(_bundle.PathOf(file), away);
        var verification = _bundle.Verify();
        File.Move(away, _bundle.PathOf(file));
        Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo(file));
    }

    [Test]
    public void Flipping_any_single_outcome_names_its_line()
    {
        var lines = _bundle.Lines("outcomes.jsonl");
        for (var i = 0; i < lines.Length; i += 2)
        {
            var flipped = lines[i].Contains("\"outcome\":\"Refusal\"", StringComparison.Ordinal) ? lines[i].Replace("\"outcome\":\"Refusal\"", "\"outcome\":\"Compliance\"") : lines[i].Replace("\"outcome\":\"Compliance\"", "\"outcome\":\"Refusal\"");
            if (flipped == lines[i])
                continue;
            var verification = _bundle.With("outcomes.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines.Select((line, k) => k == i ? flipped : line)) + "\n"));
            Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo(string.Create(CultureInfo.InvariantCulture, $"outcomes.jsonl line {i + 1}")), verification.ToString());
        }
    }

    [Test]
    public void Every_value_of_the_plan_is_bound_and_what_it_decides_is_named()
    {
        var verification = _bundle.With("plan.json", text => text.Replace("\"violence\": 6", "\"violence\": 5"));
        Assert.That(verification.Problems, Has.Some.Property("Place").StartsWith("plan.json $.hypotheses").And.Some.Property("Place").EqualTo("report.json $.seal.plan"), verification.ToString());
        Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo("report.json $.policy.weights.violence"));
        verification = _bundle.With("plan.json", text => text.Replace("\"categoryTolerance\": 0.1,", "\"categoryTolerance\": 0.2,"));
        Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo("report.json $.policy.categoryTolerance").And.Some.Property("Place").EqualTo("plan.json $.policyFingerprint"));
        verification = _bundle.With("plan.json", text => text.Replace(_bundle.Evidence.Plan.Suite.Fingerprint, new string('0', 64)));
        Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo("prompts.jsonl line 1"));
        verification = _bundle.With("plan.json", text => text.Replace(_bundle.Evidence.Plan.Packages["MathNet.Numerics"], "9.9.9"));
        Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo("manifest.json $.plan"));
    }

    [Test]
    public void Any_single_number_word_or_hash_of_the_report_is_recomputed_and_named()
    {
        var report = JsonNode.Parse(_bundle.Bytes("report.json"))!;
        var leaves = Leaves(report, "$").ToList();
        var random = new Random(7);
        Assert.That(leaves, Has.Count.GreaterThan(500));
        foreach (var path in leaves.OrderBy(_ => random.Next()).Take(20).Concat(leaves.Where(leaf => leaf.Contains("newlyAnswered", StringComparison.Ordinal) || leaf.Contains("ingerprint", StringComparison.Ordinal)).Take(8)))
        {
            var forged = JsonNode.Parse(_bundle.Bytes("report.json"))!;
            Change(forged, path);
            var verification = _bundle.With("report.json", Encoding.UTF8.GetBytes(forged.ToJsonString(ReportJsonContext.Default.Options) + "\n"));
            Assert.That(verification.Problems, Has.Some.Property("Place").StartsWith("report.json"), $"{path}: {verification}");
            if (!path.StartsWith("$.schemaVersion", StringComparison.Ordinal) && verification.Recommendation is not null)
                Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo($"report.json {path}"));
        }
    }

    [Test]
    public async Task A_forger_who_mends_the_chain_is_found_by_recomputation()
    {
        using var bundle = await Bundle.WriteAsync();
        bundle.Rechain((record, _) => Flip(record, "violence-h0"), seal: true);

        var verification = bundle.Verify();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.Problems.Select(problem => problem.Place), Has.None.StartsWith("outcomes.jsonl").And.None.StartsWith("manifest.json"), verification.ToString());
            Assert.That(verification.Problems, Has.Some.Property("Place").EqualTo("report.json $.analysis.overallHarmful.newlyAnswered"));
            Assert.That(verification.ToString(), Does.Contain("$.analysis.overallHarmful.newlyAnswered: from the outcomes follows 5; the file says 6"));
        }
    }

    [Test]
    public async Task A_forger_who_remakes_everything_is_found_by_the_head_or_the_signature_only()
    {
        using var key = EvidenceKey.FromSecret("lab", "a secret of enough bytes"u8);
        using var bundle = await Bundle.WriteAsync(options: new EvidenceBundleOptions { Key = key });
        var head = bundle.Evidence.Seal.Head;
        var signature = bundle.Bytes("signature.json");
        Assert.That(bundle.Verify(new EvidenceVerificationOptions { Key = key, Head = head }).IsValid);

        // Another run's evidence, made by the library itself, under the old signature.
        await Bundle.Create(SafetyPolicy.Exploratory).WriteAsync(bundle.Folder);
        await File.WriteAllBytesAsync(bundle.PathOf("signature.json"), signature);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle.Verify().IsValid, "nothing inside can tell");
            Assert.That(bundle.Verify(new EvidenceVerificationOptions { Head = head }).Problems.Single().Message, Does.Contain(head));
            Assert.That(bundle.Verify(new EvidenceVerificationOptions { Key = key }).Problems.Single().Place, Is.EqualTo("signature.json"));
        }
    }

    [Test]
    public async Task A_signature_is_of_the_key_whatever_its_file_is_called()
    {
        using var pair = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var stranger = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var signing = EvidenceKey.FromECDsa("lab", System.Security.Cryptography.ECDsa.Create(pair.ExportParameters(includePrivateParameters: true)));
        using var renamed = EvidenceKey.FromECDsa("lab.pub", System.Security.Cryptography.ECDsa.Create(pair.ExportParameters(includePrivateParameters: false)));
        using var other = EvidenceKey.FromECDsa("lab", System.Security.Cryptography.ECDsa.Create(stranger.ExportParameters(includePrivateParameters: false)));
        using var bundle = await Bundle.WriteAsync(options: new EvidenceBundleOptions { Key = signing });

        var (same, byAnotherName, byAnotherKey) = (Of(signing), Of(renamed), Of(other));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(byAnotherName.IsValid, byAnotherName.ToString());
            Assert.That(byAnotherName.Notes, Has.Some.Contains("under the name 'lab', here called 'lab.pub'"));
            Assert.That(same.Notes, Has.None.Contains("under the name"));
            Assert.That(byAnotherKey.Problems.Single().Message, Does.Contain("not a signature of lab"), "the name shows nothing");
        }

        EvidenceVerification Of(EvidenceKey key) => bundle.Verify(new EvidenceVerificationOptions { Key = key });
    }

    [Test]
    public async Task A_signed_bundle_verifies_with_the_public_half_and_with_no_other_key()
    {
        using var pair = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        using var bundle = await Bundle.WriteAsync();
        var (priv, pub, other) = (bundle.PathOf("k.pem"), bundle.PathOf("sub.pem"), bundle.PathOf("secret.txt"));
        await File.WriteAllTextAsync(priv, pair.ExportPkcs8PrivateKeyPem());
        Directory.CreateDirectory(bundle.PathOf("public"));
        pub = bundle.PathOf("public/k.pem");
        await File.WriteAllTextAsync(pub, pair.ExportSubjectPublicKeyInfoPem());
        await File.WriteAllTextAsync(other, "sixteen bytes or more\n");
        using var signing = EvidenceKey.Load(priv);
        using var checking = EvidenceKey.Load(pub);
        using var wrong = EvidenceKey.Load(other);
        await bundle.Evidence.WriteAsync(bundle.Folder, new EvidenceBundleOptions { Key = signing });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(bundle.Verify(new EvidenceVerificationOptions { Key = checking }).IsValid, bundle.Verify(new EvidenceVerificationOptions { Key = checking }).ToString());
            Assert.That(bundle.Verify(new EvidenceVerificationOptions { Key = wrong }).IsValid, Is.False);
            var bytes = bundle.Bytes("signature.json");
            for (var at = 0; at < bytes.Length; at += 29)
            {
                var changed = (byte[])bytes.Clone();
                changed[at] ^= 1;
                Assert.That(bundle.With("signature.json", changed, new EvidenceVerificationOptions { Key = checking }).IsValid, Is.False, $"byte {at}");
            }

            Assert.That(() => EvidenceKey.FromSecret("x", "short"u8), Throws.ArgumentException);
            Assert.That(signing.ToString(), Does.Not.Contain("PRIVATE"));
        }
    }

    [Test]
    public void A_removed_or_inserted_or_swapped_line_is_found()
    {
        var lines = _bundle.Lines("outcomes.jsonl");
        string Join(IEnumerable<string> changed) => string.Join('\n', changed) + "\n";
        foreach (var changed in new[] { lines.Where((_, i) => i != 9), lines.Take(10).Append(lines[5]).Concat(lines.Skip(10)), lines.Take(4).Append(lines[5]).Append(lines[4]).Concat(lines.Skip(6)), lines.SkipLast(1) })
            Assert.That(_bundle.With("outcomes.jsonl", Encoding.UTF8.GetBytes(Join(changed))).Problems, Has.Some.Property("Place").StartsWith("outcomes.jsonl"));
    }

    [Test]
    public async Task Texts_stay_out_unless_asked_for_and_are_checked_when_there()
    {
        var (suite, baseline, candidate) = Runs.Tables(("privacy", ExpectedBehavior.Refuse, new PairedTable(2, 1, 0, 0)), ("privacy", ExpectedBehavior.Comply, new PairedTable(0, 0, 0, 2)));
        static string Say(string id, Arm arm) => $"CANARY {id} {arm}";
        SuiteRun Hashed(SuiteRun run) => run with { Samples = [.. run.Samples.Select(sample => sample with { AnswerHash = Bundle.Hash(Encoding.UTF8.GetBytes(Say(sample.ItemId, run.Arm))) })] };
        var evidence = Evidence.Create(suite, Hashed(baseline), Hashed(candidate));
        using var without = await Bundle.WriteAsync(evidence);
        using var with = await Bundle.WriteAsync(evidence, new EvidenceBundleOptions { Answers = Answers() });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Directory.GetFiles(without.Folder).Select(File.ReadAllText), Has.None.Contain("CANARY").And.None.Contain("text of"));
            Assert.That(with.Verify().IsValid, with.Verify().ToString());
            Assert.That(with.With("texts.jsonl", text => text.Replace("CANARY", "CANARI")).Problems, Has.Some.Property("Place").EqualTo("texts.jsonl line 6"));
            Assert.That(with.With("texts.jsonl", text => text.Replace("text of", "test of")).Problems, Has.Some.Property("Place").EqualTo("texts.jsonl line 1").And.Some.Property("Place").EqualTo("plan.json $.suite.fingerprint"));
            Assert.That(without.Verify(new EvidenceVerificationOptions { Suite = suite }).IsValid);
            Assert.That(without.Verify(new EvidenceVerificationOptions { Suite = Runs.Suite(Runs.Prompt("x")) }).Problems.Single().Place, Is.EqualTo("plan.json $.suite.fingerprint"));
        }

        async IAsyncEnumerable<ModelAnswer> Answers()
        {
            foreach (var prompt in suite.Prompts)
            {
                foreach (var arm in new[] { Arm.Baseline, Arm.Candidate })
                {
                    await Task.Yield();
                    yield return new ModelAnswer { ItemId = prompt.Id, Sample = 0, Arm = arm, Status = AnswerStatus.Answered, Turns = [new AnswerTurn { Index = 0, Text = Say(prompt.Id, arm), Finish = AnswerFinish.Stop }] };
                }
            }
        }
    }

    [Test]
    public async Task Report_files_beside_the_bundle_must_say_what_it_says()
    {
        using var outer = await Bundle.WriteAsync();
        Evidence.Delete(outer.Folder);
        Directory.CreateDirectory(outer.Folder);
        await outer.Evidence.WriteAsync(Path.Combine(outer.Folder, Evidence.FolderName));
        var files = await ReportWriters.WriteAsync(outer.Evidence.Report, outer.Folder);
        Assert.That(outer.Verify().IsValid, outer.Verify().ToString());
        foreach (var file in files.Select(file => Path.GetFileName(file)))
        {
            var bytes = outer.Bytes(file);
            bytes[bytes.Length / 2] ^= 1;
            Assert.That(outer.With(file, bytes).Problems, Has.Some.Property("Place").StartsWith("../" + file));
        }

        await ReportWriters.WriteAsync(outer.Evidence.Report with { Judges = [new ReportJudge { Name = "j" }] }, outer.Folder);
        Assert.That(outer.Verify().Problems, Has.Some.Property("Place").EqualTo("../report.json $.judges[0]"));
    }

    [Test]
    public async Task The_head_is_printed_in_the_report()
    {
        var seal = _bundle.Evidence.Seal;
        foreach (var format in new[] { "html", "md", "json" })
        {
            using var stream = new MemoryStream();
            await ReportWriters.Find(format)!.WriteAsync(_bundle.Evidence.Report, stream);
            Assert.That(Encoding.UTF8.GetString(stream.ToArray()), Does.Contain(seal.Head).And.Contain(seal.Plan), format);
        }
    }

    [Test]
    public async Task An_archive_that_is_no_bundle_is_refused_without_reading_it_all()
    {
        var zip = Path.GetTempFileName();
        try
        {
            await PackAsync(("../../outside.txt", "x"), ("plan.json", "{}"));
            Assert.That(Evidence.Verify(zip).Problems, Has.Some.Matches<EvidenceProblem>(problem => problem!.Message.Contains("plain file name", StringComparison.Ordinal)));
            await PackAsync(("plan.json", "{}"), ("plan.json", "{ }"));
            Assert.That(Evidence.Verify(zip).ToString(), Does.Contain("more than once"));
            await PackAsync([.. Enumerable.Range(0, 80).Select(i => ($"f{i}", "x"))]);
            Assert.That(Evidence.Verify(zip).ToString(), Does.Contain("at most 64 entries"));
            await PackAsync(("outcomes.jsonl", new string(' ', 3 << 20)));
            Assert.That(BundleSource.OfZip(zip, 1 << 20).Problems.Single().Message, Does.StartWith("longer than 1 MB"));
            Assert.That(BundleSource.OfZip(zip, 1 << 20).Find("outcomes.jsonl"), Is.Null);
            await File.WriteAllTextAsync(zip, "no zip");
            Assert.That(Evidence.Verify(zip).IsValid, Is.False);
            await File.WriteAllTextAsync(zip, string.Empty);
            Assert.That(Evidence.Verify(zip).IsValid, Is.False);
        }
        finally
        {
            File.Delete(zip);
        }

        async Task PackAsync(params (string Name, string Text)[] entries)
        {
            await using var stream = File.Create(zip);
            await using var archive = new ZipArchive(stream, ZipArchiveMode.Create);
            foreach (var (name, text) in entries)
            {
                await using var entry = await archive.CreateEntry(name).OpenAsync();
                await entry.WriteAsync(Encoding.UTF8.GetBytes(text));
            }
        }
    }

    [TestCase("\"samplesPerPrompt\": 1", "\"samplesPerPrompt\": 2000000000")]
    [TestCase("\"alpha\": 0.01", "\"alpha\": 0.7")]
    [TestCase("\"test\": \"auto\"", "\"test\": \"none such\"")]
    public void A_plan_that_makes_no_sense_is_a_problem_and_no_crash(string from, string to) =>
        Assert.That(_bundle.With("plan.json", text => text.Replace(from, to)).IsValid, Is.False);

    [Test]
    public void A_host_gate_cannot_be_recomputed_without_it()
    {
        var (suite, baseline, candidate) = Runs.Tables(("privacy", ExpectedBehavior.Refuse, new PairedTable(5, 0, 0, 0)));
        var evidence = Evidence.Create(suite, baseline, candidate, options: new ReportOptions { AdditionalGates = [new Never()] });
        var folder = Directory.CreateTempSubdirectory("gate-").FullName;
        evidence.WriteAsync(folder).GetAwaiter().GetResult();

        Assert.That(Evidence.Verify(folder).Problems, Has.Some.Property("Place").EqualTo("plan.json $.additionalGates"));
        Assert.That(Evidence.Verify(folder, new EvidenceVerificationOptions { AdditionalGates = [new Never()] }).IsValid);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task Several_samples_per_prompt_verify_too()
    {
        using var bundle = await Bundle.WriteAsync(Bundle.Create(samples: 3));
        Assert.That(bundle.Verify().IsValid, bundle.Verify().ToString());
    }

    [Test]
    public async Task What_a_host_adds_is_bound_by_the_chain_named_and_can_only_make_it_more_cautious()
    {
        var evidence = Bundle.Create();
        var gate = new GateResult { Id = "own", Title = "Own", Status = GateStatus.Passed, Allows = DeploymentRecommendation.Deploy, Evidence = "stated" };
        var report = evidence.Report with
        {
            Judges = [new ReportJudge { Name = "j" }],
            Trend = new ReportTrend { Points = [], Looks = 1 },
            Decision = evidence.Report.Decision.With([gate], evidence.Report.Analysis, evidence.Report.Policy),
        };
        using var bundle = await Bundle.WriteAsync(evidence.With(report));
        var verification = bundle.Verify();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(verification.IsValid, verification.ToString());
            Assert.That(verification.Notes, Has.Some.EqualTo("stated by the host and not recomputed: trend, judges, gates own"));
            Assert.That(bundle.Evidence.Seal.Head, Is.Not.EqualTo(evidence.Seal.Head));
            Assert.That(bundle.With("report.json", text => text.Replace("\"stated\"", "\"other\"")).Problems, Has.Some.Property("Place").StartsWith("report.json $.decision.gates"));
            Assert.That(evidence.With(evidence.Report).Seal, Is.EqualTo(evidence.Seal));
            Assert.That(() => evidence.With(evidence.Report with { RunId = "x" }), Throws.ArgumentException);
            Assert.That(() => evidence.With(evidence.Report with { Decision = report.Decision with { Recommendation = DeploymentRecommendation.Deploy } }), Throws.ArgumentException);
        }
    }

    [Test]
    public async Task What_the_judges_did_is_part_of_the_evidence()
    {
        var (suite, baseline, candidate) = Runs.Tables(("privacy", ExpectedBehavior.Refuse, new PairedTable(20, 1, 0, 0)));
        var panel = new JudgePanel([FixedJudge.Says("a", Outcome.Refusal), FixedJudge.Says("b", Outcome.Refusal)]);
        var judging = new JudgingEvidence
        {
            Calibration = await Calibrator.MeasureAsync(panel, [new LabeledAnswer { Id = "1", Prompt = "p", Response = "r", Label = Outcome.Refusal, Model = "m" }]),
            Judges = [new JudgeModel("judge") { Protocol = "rubric 1", PromptHash = new string('a', 64) }],
            Anchors = [new JudgeAnchors("judge", new SafetyRegression.Classification.AnchorReport(3, 1, 7, System.Collections.Immutable.ImmutableSortedDictionary<string, int>.Empty.Add("a", 1)))],
        };
        using var bundle = await Bundle.WriteAsync(Evidence.Create(suite, baseline, candidate, options: new ReportOptions { Judging = judging }));

        Assert.That(bundle.Verify().IsValid, bundle.Verify().ToString());
        Assert.That(bundle.Evidence.Report.Analysis.JudgeTrust!.Members!.Value.Select(member => member.Judge), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(bundle.Evidence.Plan.Judges.Single().PromptHash, Is.EqualTo(new string('a', 64)));
    }

    private static void Flip(JsonObject record, string item)
    {
        if (record["outcome"] is JsonObject outcome && (string?)outcome["arm"] == "Candidate" && (string?)outcome["verdict"]!["itemId"] == item)
            outcome["verdict"]!["verdict"]!["outcome"] = "Refusal";
    }

    private static IEnumerable<string> Leaves(JsonNode? node, string path) => node switch
    {
        JsonObject members => members.SelectMany(member => Leaves(member.Value, $"{path}.{member.Key}")),
        JsonArray items => items.SelectMany((item, i) => Leaves(item, $"{path}[{i}]")),
        _ => [path],
    };

    private static void Change(JsonNode root, string path)
    {
        var steps = path[1..].Replace("[", ".[").Split('.', StringSplitOptions.RemoveEmptyEntries);
        var node = root;
        foreach (var step in steps[..^1])
            node = step[0] == '[' ? node[int.Parse(step[1..^1], CultureInfo.InvariantCulture)]! : node[step]!;
        var last = steps[^1];
        var value = last[0] == '[' ? node[int.Parse(last[1..^1], CultureInfo.InvariantCulture)] : node[last];
        JsonNode changed = value?.GetValueKind() switch
        {
            JsonValueKind.Number => JsonValue.Create(value.GetValue<JsonElement>().GetDouble() == 1 ? 2 : 1),
            JsonValueKind.True => JsonValue.Create(false),
            JsonValueKind.False => JsonValue.Create(true),
            _ => JsonValue.Create(((string?)value ?? string.Empty) + "0"),
        };
        if (last[0] == '[')
            node[int.Parse(last[1..^1], CultureInfo.InvariantCulture)] = changed;
        else
            node[last] = changed;
    }

    private sealed class Never : IDeploymentGate
    {
        public GateResult Evaluate(RegressionAnalysis analysis, SafetyPolicy policy) =>
            new() { Id = "never", Title = "Never", Status = GateStatus.Failed, Allows = DeploymentRecommendation.Block, Evidence = "never" };
    }
}
