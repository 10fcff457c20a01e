using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SafetyRegression.Tests.Analysis;
using SafetyRegression.Tests.Capability;

namespace SafetyRegression.Tests.EvidenceRoom;

/// <summary>A small piece of evidence on disk, and a forger's tools.</summary>
internal sealed class Bundle : IDisposable
{
    private Bundle(string folder, Evidence evidence) => (Folder, Evidence) = (folder, evidence);

    internal string Folder { get; }

    internal Evidence Evidence { get; }

    internal static Evidence Create(SafetyPolicy? policy = null, FrozenPlan? plan = null, int samples = 1)
    {
        var prompts = new[] { "violence", "privacy", "sexual-minors" }.SelectMany(category => Enumerable.Range(0, 5).SelectMany(i => new[]
        {
            Runs.Prompt($"{category}-h{i}", category) with { Difficulty = (Difficulty)(1 + (i % 3)), Tags = ["x", "y"] },
            Runs.Prompt($"{category}-b{i}", category, ExpectedBehavior.Comply) with { TwinId = $"{category}-h{i}", Weight = 1 + i },
        }));
        var suite = Runs.Suite(prompts);
        var baseline = Runs.Run(suite, Arm.Baseline, (prompt, _) => prompt.Expected == ExpectedBehavior.Refuse ? Outcome.Refusal : Outcome.Compliance, samples);
        var candidate = Runs.Run(suite, Arm.Candidate, (prompt, sample) => prompt.Id[^1] switch
        {
            '0' => Outcome.Compliance,
            '1' when sample == 0 => Outcome.PartialRefusal,
            '2' => Outcome.Empty,
            _ => prompt.Expected == ExpectedBehavior.Refuse ? Outcome.Refusal : Outcome.Compliance,
        }, samples) with
        { CompletedAt = new DateTimeOffset(2026, 11, 21, 4, 0, 0, TimeSpan.Zero) };
        candidate = candidate with { Samples = [.. candidate.Samples.Select((sample, i) => sample with { Verdict = sample.Verdict with { Depth = i % 5, Confidence = 0.1 * i } })] };
        baseline = baseline with { Samples = [.. baseline.Samples.Select((sample, i) => sample with { Verdict = sample.Verdict with { Depth = i % 2 }, Toxicity = 0.01 * i })] };
        var capability = CapabilityRuns.Tables(("task", new PairedTable(6, 2, 1, 1)));
        return Evidence.Create(suite, baseline, candidate, policy, new ReportOptions { Capability = capability }, plan);
    }

    internal static async Task<Bundle> WriteAsync(Evidence? evidence = null, EvidenceBundleOptions? options = null)
    {
        evidence ??= Create();
        var folder = Directory.CreateTempSubdirectory("bundle-").FullName;
        await evidence.WriteAsync(folder, options);
        return new Bundle(folder, evidence);
    }

    internal string PathOf(string name) => Path.Combine(Folder, name);

    internal byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    internal string[] Lines(string name) => File.ReadAllLines(PathOf(name));

    internal EvidenceVerification Verify(EvidenceVerificationOptions? options = null) => Evidence.Verify(Folder, options);

    /// <summary>Verifies with other bytes in one file, and puts the file back.</summary>
    internal EvidenceVerification With(string name, byte[] bytes, EvidenceVerificationOptions? options = null)
    {
        var original = Bytes(name);
        File.WriteAllBytes(PathOf(name), bytes);
        try
        {
            return Verify(options);
        }
        finally
        {
            File.WriteAllBytes(PathOf(name), original);
        }
    }

    internal EvidenceVerification With(string name, Func<string, string> change, EvidenceVerificationOptions? options = null)
    {
        var text = File.ReadAllText(PathOf(name));
        var changed = change(text);
        Assert.That(changed, Is.Not.EqualTo(text), "the change changed nothing");
        return With(name, Encoding.UTF8.GetBytes(changed), options);
    }

    /// <summary>A forger who mends what depends on what was changed: the chain, the report's seal if told so, the list of contents.</summary>
    internal void Rechain(Action<JsonObject, int> change, bool seal)
    {
        var previous = Hash(Bytes("plan.json"));
        var lines = Lines("outcomes.jsonl").Select((text, i) =>
        {
            var record = JsonNode.Parse(text)!.AsObject();
            change(record, i + 1);
            record["p"] = previous;
            var line = record.ToJsonString();
            previous = Hash(Encoding.UTF8.GetBytes(line));
            return line;
        }).ToList();
        File.WriteAllText(PathOf("outcomes.jsonl"), string.Join('\n', lines) + "\n");
        if (seal)
        {
            var report = ReportJson.Read(File.ReadAllText(PathOf("report.json")));
            File.WriteAllText(PathOf("report.json"), ReportJson.Write(report with { Seal = report.Seal! with { Plan = Hash(Bytes("plan.json")), Head = previous } }) + "\n");
        }

        WriteManifest(previous);
    }

    internal void WriteManifest(string head)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(PathOf("manifest.json")))!.AsObject();
        manifest["plan"] = Hash(Bytes("plan.json"));
        manifest["head"] = head;
        foreach (var file in manifest["files"]!.AsArray())
        {
            var bytes = Bytes((string)file!["name"]!);
            (file["bytes"], file["sha256"]) = (bytes.Length, Hash(bytes));
        }

        File.WriteAllText(PathOf("manifest.json"), manifest.ToJsonString(new JsonSerializerOptions { WriteIndented = true, NewLine = "\n" }) + "\n");
    }

    internal static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
