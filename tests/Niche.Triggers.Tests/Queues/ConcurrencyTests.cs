using System.Collections.Concurrent;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Niche.Triggers.Hosting;
using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 2: batchSize at a time, the next batch when in flight is at newBatchThreshold or below.</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task The_next_batch_is_fetched_only_when_in_flight_falls_to_the_threshold()
    {
        await using var engine = await Engine.StartAsync(
            [typeof(WorkFunction)], ["host:extensions:queues:batchSize=4", "host:extensions:queues:newBatchThreshold=2"], tellsArrivals: false);
        var gates = new ConcurrentDictionary<string, TaskCompletionSource>();
        engine.Probe.Behaviour = run => gates.GetOrAdd((string)run.Input!, _ => new()).Task;
        var wait = await engine.Time.NextWaitAsync();

        // All are there before the poll: one that came upon three of them would rightly wait for room, and the fourth never run.
        for (var i = 0; i < 12; i++)
            await engine.PutAsync("work", $"m{i}");
        Assert.Equal(0, (await engine.Queues.NextAsync("receive")).Count);
        engine.Time.Advance(wait);
        Assert.Equal(4, (await engine.Queues.NextAsync("receive")).Count);
        var running = new List<ProbeRun>();
        for (var i = 0; i < 4; i++)
            running.Add(await engine.Probe.NextAsync());
        Assert.Equal(4, engine.Statistics("Work").InFlight);
        while (running.Count > 2)
        {
            Assert.Equal(0, engine.Queues.SeenSoFar("receive"));
            Release(gates, running);
        }

        var next = await engine.Queues.NextAsync("receive");
        Assert.Equal((4, 4), (next.Max, next.Count));
        for (var i = 0; i < 4; i++)
            running.Add(await engine.Probe.NextAsync());
        Assert.Equal(6, engine.Statistics("Work").InFlight);
        for (var ended = 2; ended < 12; ended++)
        {
            if (running.Count == 0)
                running.Add(await engine.Probe.NextAsync());
            Release(gates, running);
        }

        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(12, engine.Statistics("Work").Executed);
        Assert.Equal(6, engine.Probe.MostAtOnce);
    }

    [Theory]
    [InlineData(16, 4, false, 32)]
    [InlineData(16, 4, true, 8)]
    [InlineData(1, 8, false, 0)]
    [InlineData(32, 1, false, 16)]
    public void The_default_threshold_is_half_a_batch_for_each_processor(int batch, int processors, bool dynamicSku, int expected) =>
        Assert.Equal(expected, QueueSettings.DefaultThreshold(batch, processors, dynamicSku));

    [Fact]
    public async Task No_more_than_batch_plus_threshold_run_at_once_and_every_message_runs_exactly_once()
    {
        var cases = Gen.Select(Gen.Int[1, 8], Gen.Int[0, 8], Gen.Int[1, 60], Gen.Int[0, 1_000_000]);
        await cases.SampleAsync(async c =>
        {
            var (batch, threshold, count, seed) = c;
            var time = new ObservedTime();
            var queues = new InMemoryQueueTransport(time);
            var (running, most) = (0, 0);
            var seen = new ConcurrentDictionary<string, int>();
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var stop = new CancellationTokenSource();
            async Task Process(QueueItem item, CancellationToken _)
            {
                var now = Interlocked.Increment(ref running);
                lock (seen)
                    most = Math.Max(most, now);
                for (var i = (item.Id.GetHashCode(StringComparison.Ordinal) ^ seed) & 3; i >= 0; i--)
                    await Task.Yield();
                Interlocked.Decrement(ref running);
                await queues.DeleteAsync("work", item.Id, item.PopReceipt, CancellationToken.None);
                seen.AddOrUpdate(item.Id, 1, static (_, n) => n + 1);
                if (seen.Count == count)
                    done.TrySetResult();
            }

            for (var i = 0; i < count; i++)
                await queues.PutAsync("work", "x"u8.ToArray(), TimeSpan.Zero, null, CancellationToken.None);
            var settings = new QueueSettings { BatchSize = batch, NewBatchThreshold = threshold };
            var pump = new QueuePump("work", queues, Process, settings, new PollBackoff(TimeSpan.FromSeconds(1), () => 0.5), time, NullLogger.Instance);
            var run = Task.Run(() => pump.RunAsync(stop.Token, CancellationToken.None));
            await done.Task.Soon();
            await stop.CancelAsync().Soon();
            await run.Soon();
            return most <= batch + threshold && seen.Count == count && seen.Values.All(n => n == 1);
        }, iter: 60);
    }

    private static void Release(ConcurrentDictionary<string, TaskCompletionSource> gates, List<ProbeRun> running)
    {
        gates.GetOrAdd((string)running[0].Input!, _ => new()).TrySetResult();
        running.RemoveAt(0);
    }
}
