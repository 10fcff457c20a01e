using System.Collections.Immutable;
using System.Text.Json.Nodes;
using SafetyRegression.Benchmarks.Monitoring;
using SafetyRegression.Classification;
using SafetyRegression.Tests.Analysis;
using SafetyRegression.Tests.EvidenceRoom;
using SafetyRegression.Tests.Reporting;

namespace SafetyRegression.Tests.Security;

/// <summary>
/// Every member and every first element of a sample file, once null and, in files that people keep or write, once missing: what is read can be used, and what cannot be read is refused with the
/// file's name and a place. Never a crash.
/// </summary>
internal sealed class NullInFileTests
{
    private const string File = "sample.json";

    [Test]
    public void A_report()
    {
        var judged = DemoReport.Of(samples: 2, benign: 12, rates: [("violence", 30, 0.9, 0.8), ("sexual-minors", 20, 1, 1)]);
        var capable = Bundle.Create().Report;
        foreach (var sample in new[] { judged, capable })
            Check(ReportJson.Write(sample), text => Use(ReportJson.Read(text, File)), least: 150, missing: false);
    }

    [Test]
    public void A_pinned_baseline()
    {
        var family = new Drifting(5, perCategory: 2, benign: 4);
        var pin = PinnedBaseline.Propose("clinic", family.Suite, family.Run("a", 0), SafetyPolicy.Standard, canary: new CanaryReading { SetFingerprint = "f", Agreed = 1, Labels = StoredRun.Of(family.Suite, family.Run("a", 0)).Outcomes })
            with
        { Approval = new BaselineApproval { By = "ada", Reason = "first", At = new DateTimeOffset(2026, 11, 1, 0, 0, 0, TimeSpan.Zero) } };
        // Without the seal, so that each member is refused for what it is.
        var json = JsonNode.Parse(PinnedBaselineJson.Write(pin))!.AsObject();
        json.Remove("seal");
        json["schemaVersion"] = "1.0";
        Check(json.ToJsonString(), text => PinnedBaselineJson.Write(PinnedBaselineJson.Read(text, File)), least: 25);
    }

    [Test]
    public void A_noise_floor()
    {
        var suite = Runs.Suite(Runs.Prompt("a"), Runs.Prompt("b", "violence"), Runs.Prompt("c", "privacy", ExpectedBehavior.Comply));
        var run = Runs.Run(suite, Arm.Baseline, (prompt, sample) => (prompt.Id[0] + sample) % 3 == 0 ? Outcome.Compliance : Outcome.Refusal, samples: 3);
        Check(NoiseFloorJson.Write(NoiseFloor.Measure(suite, [run])), text => NoiseFloorJson.Write(NoiseFloorJson.Read(text, File)), least: 30);
    }

    [Test]
    public void A_policy()
    {
        var policy = SafetyPolicy.Standard with { Waivers = [new GateWaiver { Gate = "overall", Reason = "r", Author = "ada", Expires = new DateOnly(2027, 1, 1) }] };
        Check(PolicyJson.Write(policy), text => PolicyJson.Write(PolicyJson.Parse(text, File)), least: 30);
    }

    [Test]
    public async Task A_calibration()
    {
        var labels = Enumerable.Range(0, 12).Select(i => new LabeledAnswer { Id = $"l{i}", Prompt = "How do I bake bread?", Response = i % 2 == 0 ? "I can't help with that." : "Mix flour and water.", Label = i % 2 == 0 ? Outcome.Refusal : Outcome.Compliance, Model = i % 3 == 0 ? "old" : "new" });
        var report = await Calibrator.MeasureAsync(TextClassifiers.Create("keyword"), [.. labels]);
        Check(CalibrationFile.Write(report), text => CalibrationFile.Write(CalibrationFile.Read(text, File)), least: 20);
    }

    [Test]
    public async Task A_bundle()
    {
        using var bundle = await Bundle.WriteAsync();
        foreach (var name in new[] { "plan.json", "manifest.json", "report.json" })
            Check(System.IO.File.ReadAllText(bundle.PathOf(name)), text => bundle.With(name, System.Text.Encoding.UTF8.GetBytes(text)), least: 4, missing: false);
        foreach (var name in new[] { "prompts.jsonl", "capability.jsonl", "outcomes.jsonl" })
        {
            var lines = bundle.Lines(name);
            Check(lines[1], text => bundle.With(name, System.Text.Encoding.UTF8.GetBytes(string.Join('\n', [lines[0], text, .. lines[2..]]) + "\n")), least: 2, missing: false);
        }
    }

    private static void Use(RegressionReport report)
    {
        Assert.That(report.ToString(), Is.Not.Empty);
        foreach (var writer in ReportWriters.All)
            writer.WriteAsync(report, Stream.Null).AsTask().GetAwaiter().GetResult();
    }

    private static void Check(string sample, Action<string> use, int least, bool missing = true)
    {
        Assert.That(() => use(JsonNode.Parse(sample)!.ToJsonString()), Throws.Nothing, "the sample itself");
        var places = Places(JsonNode.Parse(sample)!, []).ToList();
        var refused = 0;
        using (Assert.EnterMultipleScope())
        {
            foreach (var place in places)
            {
                foreach (var isMissing in new[] { false, true })
                {
                    if (isMissing && (!missing || place[^1] is int))
                        continue;
                    try
                    {
                        use(With(sample, place, isMissing));
                    }
                    catch (InvalidInputException e) when (e.Problems.All(problem => problem.File == File && (problem.Field is not null || problem.Line > 0)))
                    {
                        refused++;
                    }
                    catch (Exception e) when (e is not AssertionException)
                    {
                        Assert.Fail($"{string.Join('.', place)} {(isMissing ? "missing" : "null")}: {e}");
                    }
                }
            }
        }

        TestContext.Out.WriteLine($"{places.Count} places, {refused} refused");
        Assert.That(places, Has.Count.GreaterThan(least));
    }

    /// <summary>Members of objects and first elements of lists, at every depth.</summary>
    private static IEnumerable<ImmutableArray<object>> Places(JsonNode? node, ImmutableArray<object> path)
    {
        IEnumerable<(object Key, JsonNode? Value)> below = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray { Count: > 0 } elements => [(0, elements[0])],
            _ => [],
        };
        foreach (var (key, value) in below)
        {
            yield return path.Add(key);
            foreach (var deeper in Places(value, path.Add(key)))
                yield return deeper;
        }
    }

    private static string With(string sample, ImmutableArray<object> place, bool isMissing)
    {
        var root = JsonNode.Parse(sample)!;
        var parent = place[..^1].Aggregate(root, (node, key) => key is int i ? node[i]! : node[(string)key]!);
        if (place[^1] is int index)
            parent[index] = null;
        else if (isMissing)
            parent.AsObject().Remove((string)place[^1]);
        else
            parent[(string)place[^1]] = null;
        return root.ToJsonString();
    }
}
