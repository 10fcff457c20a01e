using SafetyRegression.Benchmarks.Monitoring;

namespace SafetyRegression.Tests.Monitoring;

/// <summary>Several processes end runs of one lineage at the same time.</summary>
public sealed class SharedHistoryTests
{
    private const int AtOnce = 6;
    private static readonly Drifting _family = new(33, perCategory: 6, benign: 16);
    private string _folder = null!;

    private string History => LineageHistory.PathOf(Path.Combine(_folder, "history"), "clinic");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("shared-history").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Runs_that_end_at_the_same_moment_are_all_in_the_history()
    {
        var observed = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => Monitor(TimeProvider.System).ObserveAsync(Iteration($"ft-{i}")))));
        var entries = LineageHistory.Open(History).Entries;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(entries.Select(entry => entry.Iteration), Is.EqualTo(Enumerable.Range(1, AtOnce)));
            Assert.That(observed.Select(run => run.Assessment.Iteration).Order(), Is.EqualTo(Enumerable.Range(1, AtOnce)));
            Assert.That(entries.Select(entry => entry.Run.Target.Model).Order(), Is.EqualTo(Enumerable.Range(0, AtOnce).Select(i => $"ft-{i}")));
            Assert.That(Directory.EnumerateFiles(_folder, "*.tmp", SearchOption.AllDirectories), Is.Empty);
        }
    }

    [Test]
    public async Task Who_is_overtaken_decides_on_what_the_other_left()
    {
        // The clock is asked between reading and writing: there the other process gets in.
        var time = new Interrupting(() => Monitor(new SkippingTime()).ObserveAsync(Iteration("other")).GetAwaiter().GetResult());
        var observed = await Monitor(time).ObserveAsync(Iteration("mine"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(observed.Assessment.Iteration, Is.EqualTo(2));
            Assert.That(observed.Assessment.AgainstPrevious, Is.Not.Null, "compared with the iteration that came first");
            Assert.That(LineageHistory.Open(History).Entries.Select(entry => entry.Run.Target.Model), Is.EqualTo(new[] { "other", "mine" }));
        }
    }

    [Test]
    public async Task A_history_that_never_becomes_free_is_given_up_after_a_bounded_number_of_tries()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(History)!);
        using var held = new FileStream(History, FileMode.Create, FileAccess.ReadWrite, FileShare.None);
        var time = new SkippingTime();

        var thrown = (await Assert.ThrowsAsync<IOException>(() => Monitor(time).ObserveAsync(Iteration("mine"))))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown.Message, Does.StartWith(History).And.Contain("nothing was added"));
            Assert.That(time.Pauses, Has.Count.InRange(10, 100));
        }
    }

    private SafetyMonitor Monitor(TimeProvider time) =>
        new(new MonitoringFolders { Baselines = Path.Combine(_folder, "baselines"), History = Path.Combine(_folder, "history") }, timeProvider: time);

    private static MonitoredIteration Iteration(string model) => new() { Lineage = "clinic", Suite = _family.Suite, Run = _family.Run(model, 0) with { CompletedAt = null } };

    /// <summary>A clock during whose first reading something else happens.</summary>
    private sealed class Interrupting(Action other) : TimeProvider
    {
        private Action? _other = other;

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Exchange(ref _other, null)?.Invoke();
            return new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        }
    }
}
