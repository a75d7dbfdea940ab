using CsCheck;
using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 3: an idle poller backs off, and wakes for messages of its own process.</summary>
public sealed class PollingTests
{
    private static bool IsPoll(TimeSpan wait) => wait <= TimeSpan.FromMinutes(1) && wait > TimeSpan.Zero;

    [Fact]
    public void Delays_double_from_100_ms_within_20_percent_and_never_exceed_the_longest()
    {
        Gen.Select(Gen.Int[100, 120_000], Gen.Double[0, 0.999].Array[30]).Sample((maxMs, jitter) =>
        {
            var max = TimeSpan.FromMilliseconds(maxMs);
            var next = 0;
            var backoff = new PollBackoff(max, () => jitter[next++ % jitter.Length]);
            for (var i = 0; i < 30; i++)
            {
                var delay = backoff.Next();
                Assert.True(delay <= max);
                var ideal = 100 * Math.Pow(2, i);
                if (ideal * 1.2 < maxMs)
                    Assert.InRange(delay.TotalMilliseconds, (ideal * 0.8) - 0.001, (ideal * 1.2) + 0.001);
            }

            Assert.Equal(max, backoff.Next());
        });
    }

    [Fact]
    public void Found_messages_reset_the_delay()
    {
        var backoff = new PollBackoff(TimeSpan.FromMinutes(1), () => 0.5);
        var first = backoff.Next();
        Assert.True(backoff.Next() > first);
        backoff.Reset();
        Assert.Equal(first, backoff.Next());
    }

    [Fact]
    public async Task An_empty_queue_is_polled_again_only_after_the_delay_and_at_last_every_maxPollingInterval()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], tellsArrivals: false);
        var waits = new List<TimeSpan>();
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(0, (await engine.Queues.NextAsync("receive")).Count);
            var wait = await engine.Time.NextWaitAsync(IsPoll);
            waits.Add(wait);
            engine.Time.Advance(wait - TimeSpan.FromTicks(1));
            Assert.Equal(0, engine.Queues.SeenSoFar("receive"));
            engine.Time.Advance(TimeSpan.FromTicks(1));
        }

        Assert.InRange(waits[0].TotalMilliseconds, 80, 120);
        Assert.InRange(waits[3].TotalMilliseconds, 640, 960);
        Assert.Equal(Engine.LongestPoll, waits[^1]);
    }

    [Fact]
    public async Task A_put_of_the_same_process_is_seen_without_waiting()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        await engine.Time.NextWaitAsync(IsPoll);
        await engine.PutAsync("work", "now");
        Assert.Equal("now", (await engine.Probe.NextAsync()).Input);
        Assert.Equal(ObservedTime.Beginning, engine.Time.GetUtcNow());
    }

    [Fact]
    public async Task Without_arrival_notices_a_message_is_found_by_the_next_poll()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], tellsArrivals: false);
        var wait = await engine.Time.NextWaitAsync(IsPoll);
        await engine.PutAsync("work", "later");
        engine.Time.Advance(wait);
        Assert.Equal("later", (await engine.Probe.NextAsync()).Input);
    }

    [Fact]
    public async Task A_store_in_trouble_is_polled_with_back_off_until_it_answers_again()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        await engine.Time.NextWaitAsync(IsPoll);
        engine.Queues.Fault = call => call.Operation == "receive" ? new IOException("store away") : null;
        await engine.PutAsync("work", "a");
        await engine.Time.NextWaitAsync(IsPoll);
        engine.Queues.Fault = static _ => null;
        engine.Time.Advance(Engine.LongestPoll);
        Assert.Equal("a", (await engine.Probe.NextAsync()).Input);
        Assert.Contains(engine.Log.Lines, l => l.Contains("cannot be polled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_signal_set_while_nobody_waits_is_kept_and_one_after_a_timeout_is_not_lost()
    {
        var time = new ObservedTime();
        var signal = new AsyncSignal();
        signal.Set();
        await signal.WaitAsync(TimeSpan.FromDays(1), time, TestContext.Current.CancellationToken).Soon();
        var timedOut = signal.WaitAsync(TimeSpan.FromSeconds(1), time, TestContext.Current.CancellationToken);
        Assert.False(timedOut.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await timedOut.Soon();
        signal.Set();
        await signal.WaitAsync(TimeSpan.FromDays(1), time, TestContext.Current.CancellationToken).Soon();
    }
}
