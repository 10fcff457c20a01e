using System.Text.Json.Nodes;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.RunLogs;

internal sealed class ManifestFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => Path.Combine(_folder.Run, "manifest.json");

    public void Dispose() => _folder.Dispose();

    [TestCase("suiteName", "\"other\"")]
    [TestCase("suiteVersion", "\"2\"")]
    [TestCase("suiteFingerprint", "\"g\"")]
    [TestCase("items", "21")]
    [TestCase("samples", "2")]
    [TestCase("pairing", "\"Recorded\"")]
    [TestCase("baseline.provider", "\"openai\"")]
    [TestCase("baseline.endpoint", "\"https://other.example/v1\"")]
    [TestCase("baseline.label", "\"the better one\"")]
    [TestCase("candidate.model", "\"base2\"")]
    [TestCase("candidate.revision", "\"r2\"")]
    [TestCase("candidate.id", "\"another job\"")]
    [TestCase("candidate.label", "\"the worse one\"")]
    [TestCase("generation.temperature", "\"1\"")]
    [TestCase("generation.topP", "\"1\"")]
    [TestCase("createdAt", "\"2020-01-01T00:00:00+00:00\"")]
    [TestCase("protector", "\"vault\"")]
    [TestCase("shard", """{"index":2,"count":3}""")]
    [TestCase("hash", "\"00\"")]
    [TestCase("hash", "7")]
    [TestCase("digest", "\"00\"")]
    [TestCase("digest", "null")]
    public async Task A_manifest_changed_by_hand_is_refused(string field, string value)
    {
        await WriteAsync(Manifest());
        Change(root => Set(root, field, JsonNode.Parse(value)));

        var thrown = Assert.Throws<RunLogException>(() => RunLog.ManifestOf(_folder.Run))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown.Problem, Is.EqualTo(RunLogProblem.Damaged));
            Assert.That(thrown.Message, Does.StartWith(File).And.Contain("was changed after it was written").And.Contain("Restore it"));
            Assert.That(() => RunLog.OpenRead(_folder.Run), Throws.TypeOf<RunLogException>());
            Assert.That(() => RunLog.Open(_folder.Run, Manifest()), Throws.TypeOf<RunLogException>());
        }
    }

    [TestCase("digest")]
    [TestCase("digest", "hash")]
    public async Task A_manifest_of_an_earlier_form_opens_by_what_it_has(params string[] without)
    {
        await WriteAsync(Manifest());
        Change(root => Array.ForEach(without, member => root.Remove(member)));

        Assert.That(RunLog.ManifestOf(_folder.Run).Hash, Is.EqualTo(Manifest().Hash));
        await WriteAsync(Manifest());
    }

    [TestCase("baseline", "null", "")]
    [TestCase("generation", "null", "generation")]
    [TestCase("generation.temperature", "null", "generation")]
    [TestCase("suiteName", "null", "suiteName")]
    [TestCase("candidate.model", "null", "model")]
    public async Task Null_is_damage_and_not_a_crash(string field, string value, string named)
    {
        await WriteAsync(Manifest());
        Change(root => Set(root, field, JsonNode.Parse(value)));
        Assert.That(() => RunLog.ManifestOf(_folder.Run), Throws.TypeOf<RunLogException>().With.Message.Contains(named));
    }

    [Test]
    public async Task A_manifest_without_generation_options_opens()
    {
        await WriteAsync(Manifest() with { Generation = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty });
        Change(root => root.Remove("generation"));
        Assert.That(RunLog.ManifestOf(_folder.Run).Generation, Is.Empty);
    }

    [TestCase("https://models.example/v1")]
    [TestCase("HTTPS://Models.Example:443/a%20b/%C3%A4?key=secret#x")]
    [TestCase("https://münchen.example/ä b/")]
    [TestCase("http://user:pass@localhost:8080")]
    public async Task What_is_written_opens_again_whatever_the_endpoint(string endpoint)
    {
        var manifest = Manifest();
        await WriteAsync(manifest with { Baseline = manifest.Baseline! with { Endpoint = new Uri(endpoint) } });
        Assert.That(RunLog.ManifestOf(_folder.Run).Baseline!.Endpoint!.ToString(), Does.Not.Contain("secret").And.Not.Contain("pass"));
    }

    [Test]
    public async Task Shards_and_what_is_merged_of_them_open_again()
    {
        var parts = new List<string>();
        for (var i = 1; i <= 2; i++)
        {
            parts.Add(Path.Combine(_folder.Path, $"part{i}"));
            await using var part = RunLog.Open(parts[^1], Manifest() with { Shard = new RunShard(i, 2) });
            await part.AppendAsync(Some.Answer(i));
        }

        var merge = await RunLogMerger.MergeAsync(parts, _folder.Run);
        // Going on with the merged run is no other run.
        await WriteAsync(Manifest());

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RunLog.ManifestOf(_folder.Run).Digest, Is.EqualTo(merge.Manifest.Digest));
            Assert.That(parts.Select(part => RunLog.ManifestOf(part).Shard!.Index), Is.EqualTo(new[] { 1, 2 }));
            Assert.That((string?)JsonNode.Parse(System.IO.File.ReadAllText(File))!["hash"], Is.EqualTo(Manifest().Hash));
        }
    }

    private static RunManifest Manifest()
    {
        var manifest = Some.Manifest();
        return manifest with
        {
            Baseline = manifest.Baseline! with { Endpoint = new Uri("https://models.example/v1") },
            Candidate = manifest.Candidate! with { Revision = "r1", Id = "job 7", Label = "tuned" },
        };
    }

    private async Task WriteAsync(RunManifest manifest)
    {
        await using var log = RunLog.Open(_folder.Run, manifest);
    }

    private void Change(Action<JsonObject> change)
    {
        var root = JsonNode.Parse(System.IO.File.ReadAllText(File))!.AsObject();
        var before = root.ToJsonString();
        change(root);
        Assert.That(root.ToJsonString(), Is.Not.EqualTo(before), "the change changed nothing");
        System.IO.File.WriteAllText(File, root.ToJsonString());
    }

    private static void Set(JsonObject root, string field, JsonNode? value)
    {
        var names = field.Split('.');
        foreach (var name in names[..^1])
            root = root[name]!.AsObject();
        root[names[^1]] = value;
    }
}
