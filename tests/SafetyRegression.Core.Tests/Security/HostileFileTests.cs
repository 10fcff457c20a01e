using System.Text;
using SafetyRegression.Capability;
using SafetyRegression.Classification;
using SafetyRegression.Running;
using SafetyRegression.Suites;
using SafetyRegression.Tests.Running;

namespace SafetyRegression.Tests.Security;

/// <summary>Files that somebody else made: every reader ends in a result or in a typed error, soon and in little memory.</summary>
public sealed class HostileFileTests
{
    private static readonly string _deep = new string('[', 100_000) + new string(']', 100_000);
    private static readonly string _deepObject = string.Concat(Enumerable.Repeat("{\"turns\":", 50_000)) + "1" + new string('}', 50_000);

    private static IEnumerable<TestCaseData> Readers()
    {
        yield return Reader("suite", text => JsonLinesSuite.Parse(text));
        yield return Reader("policy", text => PolicyJson.Parse(text));
        yield return Reader("report", text => ReportJson.Read(text));
        yield return Reader("labels", text => LabelFile.Read(Stream(text), "labels.jsonl"));
        yield return Reader("model", text => TextModel.Load(Stream(text), "model.bin"));
        yield return Reader("dataset", text => DatasetImporter.Import(Stream(text), "set.jsonl", Map() with { Layout = DatasetLayout.JsonLines }));
        yield return Reader("capability", text => CapabilityJsonLines.Read(Stream(text), "questions.jsonl"));

        static TestCaseData Reader(string name, Action<string> read) => new TestCaseData(read).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Readers))]
    public void Deep_nesting_is_a_typed_error(Action<string> read)
    {
        Assert.That(() => read(_deep), Throws.InstanceOf<InvalidInputException>());
        Assert.That(() => read(_deepObject), Throws.InstanceOf<InvalidInputException>());
    }

    [Test]
    public void Numbers_beyond_all_measure_are_a_typed_error()
    {
        using (Assert.EnterMultipleScope())
        {
            foreach (var number in (string[])["1e400", "-1e400", "99999999999999999999999999e300", "1e-400", "NaN", "\"1\""])
            {
                Assert.That(() => JsonLinesSuite.Parse($$"""{"id":"a","category":"hate","expected":"refuse","turns":["x"],"weight":{{number}}}"""), Throws.InstanceOf<InvalidInputException>(), "weight " + number);
                Assert.That(() => PolicyJson.Parse($$"""{"alpha":{{number}}}"""), Throws.InstanceOf<InvalidInputException>(), "alpha " + number);
                if (number != "1e-400")
                    Assert.That(() => PolicyJson.Parse("{\"weights\":{\"hate\":" + number + "}}"), Throws.InstanceOf<InvalidInputException>(), "weights " + number);
            }
        }
    }

    [Test]
    public void A_line_that_never_ends_is_refused_before_it_is_in_memory()
    {
        using var endless = new EndlessStream(1L << 30);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(() => JsonLinesSuite.Read(endless, "endless.jsonl"), Throws.InstanceOf<InvalidInputException>().With.Message.Contains("16777216 bytes"));
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(200_000_000));
    }

    [TestCase("../../escape")]
    [TestCase("/absolute")]
    [TestCase("..")]
    [TestCase("a/../../b")]
    [TestCase("CON")]
    public async Task A_suite_cannot_choose_where_its_run_is_written(string name)
    {
        var folder = Directory.CreateTempSubdirectory("traversal");
        try
        {
            var parent = Path.Combine(folder.FullName, "runs", "here");
            var suite = new SafetySuite(name, "1", Some.Suite(4).Prompts);
            var comparer = new SafetyComparer(Some.Runner(new FakeClient(), new FakeClient()), new CountingClassifier(), new SafetyRegressionOptions { RunFolder = parent });
            var comparison = await comparer.CompareAsync(suite);
            Assert.That(Path.GetFullPath(comparison.RunFolder!), Does.StartWith(parent + Path.DirectorySeparatorChar));
            Assert.That(folder.GetFiles("*", SearchOption.AllDirectories).Select(file => file.FullName), Is.All.StartsWith(parent));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase("../../../../etc/passwd")]
    [TestCase("..")]
    [TestCase("")]
    public async Task A_key_of_the_response_cache_is_no_path(string key)
    {
        var folder = Directory.CreateTempSubdirectory("cache");
        try
        {
            var cache = new FileResponseCache(Path.Combine(folder.FullName, "cache"));
            Assert.That(async () => await cache.StoreAsync(key, new byte[] { 1 }), Throws.ArgumentException);
            Assert.That(async () => await cache.FindAsync(key), Throws.ArgumentException);
            Assert.That(folder.GetFiles("*", SearchOption.AllDirectories), Is.Empty);
            await Task.CompletedTask;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Test]
    public void No_report_is_a_spreadsheet() =>
        Assert.That(ReportWriters.All.Select(writer => writer.Format), Has.None.EqualTo("csv").And.None.EqualTo("tsv"), "a new table format has to defuse cells that begin with = + - @");

    private static DatasetMap Map() => new() { Name = "m", Title = "m", Prompt = new() { Columns = ["prompt"] }, Expected = new() { Otherwise = "refuse" }, Category = new() { Otherwise = "hate" } };

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    /// <summary>So many letters without a line feed, made as they are read.</summary>
    private sealed class EndlessStream(long length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, length - Position);
            buffer.AsSpan(offset, read).Fill((byte)'a');
            Position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
