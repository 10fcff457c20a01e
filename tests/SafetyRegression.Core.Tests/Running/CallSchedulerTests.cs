using System.Collections;
using SafetyRegression.Running;
using SafetyRegression.RunLogs;

namespace SafetyRegression.Tests.Running;

public sealed class CallSchedulerTests
{
    [Test]
    public void Every_call_is_dealt_once_in_the_order_of_the_plan_with_both_arms_in_step()
    {
        var scheduler = Scheduler(places: 50, most: 7, lead: 4, limits: [100, 100]);
        var random = new Random(3);
        var (open, dealt) = (new List<CallScheduler.Turn>(), new List<CallScheduler.Turn>());
        while (true)
        {
            while (scheduler.TryTake(out var turn))
                Take(turn);
            Assert.That(scheduler.InFlight, Is.EqualTo(open.Count).And.LessThanOrEqualTo(7));
            if (open.Count == 0)
                break;
            var ended = open[random.Next(open.Count)];
            open.Remove(ended);
            if (scheduler.TryExchange(ended, goesOn: true, out var next))
                Take(next);
        }

        Assert.That(dealt, Has.Count.EqualTo(100).And.Unique);
        foreach (var arm in new[] { 0, 1 })
            Assert.That(dealt.Where(turn => turn.Lane == arm).Select(turn => turn.Place), Is.EqualTo(Enumerable.Range(0, 50)));

        void Take(CallScheduler.Turn turn)
        {
            open.Add(turn);
            dealt.Add(turn);
            Assert.That(Math.Abs(dealt.Count(t => t.Lane == 0) - dealt.Count(t => t.Lane == 1)), Is.LessThanOrEqualTo(1));
        }
    }

    [Test]
    public void A_fast_arm_waits_for_a_slow_one_and_goes_on_when_that_has_ended()
    {
        var scheduler = Scheduler(places: 20, most: 100, lead: 4, limits: [1, 100]);
        var taken = TakeAll(scheduler);
        Assert.That(taken.Count(turn => turn.Lane == 0), Is.EqualTo(1), "the slow arm has one place");
        Assert.That(taken.Where(turn => turn.Lane == 1).Select(turn => turn.Place), Is.EqualTo(Enumerable.Range(0, 6)), "the other is four places ahead of its next");
        Assert.That(scheduler.TryExchange(taken.Single(turn => turn.Lane == 0), goesOn: true, out var next), Is.True);
        Assert.That(next, Is.EqualTo(new CallScheduler.Turn(0, 1)));
        Assert.That(TakeAll(scheduler), Is.EqualTo(new[] { new CallScheduler.Turn(1, 6) }));
        Assert.That(scheduler.TryExchange(next, goesOn: false, out _), Is.False, "nothing more is started");
    }

    [Test]
    public void Nothing_is_dealt_beyond_the_end_until_that_moves()
    {
        var scheduler = Scheduler(places: 10, most: 100, lead: 100, limits: [100]);
        scheduler.EndAt(3);
        Assert.That(TakeAll(scheduler), Has.Count.EqualTo(3));
        scheduler.ExtendTo(5);
        scheduler.ExtendTo(4);
        Assert.That(TakeAll(scheduler), Has.Count.EqualTo(2));
        scheduler.ExtendTo(99);
        Assert.That(TakeAll(scheduler), Has.Count.EqualTo(5));
    }

    [Test]
    public void What_is_recorded_is_not_dealt_again()
    {
        var done = new BitArray(6) { [0] = true, [3] = true, [4] = true };
        var scheduler = new CallScheduler(6, 100, 100, [(new AdaptiveLimit(100, isFixed: true, TimeProvider.System), done), (new AdaptiveLimit(100, isFixed: true, TimeProvider.System), new BitArray(6, defaultValue: true))]);
        Assert.That(TakeAll(scheduler).Select(turn => (turn.Lane, turn.Place)), Is.EqualTo(new[] { (0, 1), (0, 2), (0, 5) }));
    }

    [Test]
    [CancelAfter(20_000)]
    public async Task Records_gathered_under_load_count_only_when_flushed(CancellationToken cancellationToken)
    {
        var disk = new SlowDisk();
        using var commit = new GroupCommit(disk, 0, "run/log.jsonl");
        var inFlight = 0;
        using (commit.Gather(() => Volatile.Read(ref inFlight)))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancellationToken }, async (i, token) =>
            {
                Interlocked.Increment(ref inFlight);
                var (offset, length, durable) = commit.Append("""{"t":"x"}"""u8);
                await durable.WaitAsync(token);
                Interlocked.Decrement(ref inFlight);
                Assert.That(disk.Flushed, Is.GreaterThanOrEqualTo(offset + length + 1));
            });
        }

        Assert.That(commit.Committed, Is.EqualTo(disk.Flushed));
        Assert.That(disk.Flushes, Is.LessThan(2000 / 4), "one flush serves many");
    }

    private static CallScheduler Scheduler(int places, int most, int lead, int[] limits) =>
        new(places, most, lead, limits.Select(limit => (new AdaptiveLimit(limit, isFixed: true, TimeProvider.System), (BitArray?)null)));

    private static List<CallScheduler.Turn> TakeAll(CallScheduler scheduler)
    {
        var taken = new List<CallScheduler.Turn>();
        while (scheduler.TryTake(out var turn))
            taken.Add(turn);
        return taken;
    }

    private sealed class SlowDisk : ILogStorage
    {
        private long _written;
        private long _flushed;

        internal long Flushed => Volatile.Read(ref _flushed);

        internal int Flushes { get; private set; }

        public void Write(ReadOnlySpan<byte> bytes, long offset) => _written = offset + bytes.Length;

        public void Flush()
        {
            Thread.Sleep(1);
            Volatile.Write(ref _flushed, _written);
            Flushes++;
        }

        public void SetLength(long length) => _written = length;
    }
}
