using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 1: a fixed lease of ten minutes, renewed at half; visibilityTimeout concerns failed messages only.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Messages_are_received_with_a_lease_of_ten_minutes_whatever_visibilityTimeout_says()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:extensions:queues:visibilityTimeout=00:00:30"]);
        await engine.PutAsync("work", "a");
        await engine.Probe.NextAsync();
        Assert.Equal(Lease, (await engine.Queues.NextAsync("receive")).Visibility);
    }

    [Fact]
    public async Task A_long_run_keeps_its_message_invisible_and_deletes_it_with_the_newest_receipt()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:functionTimeout=-1"]);
        var finish = new TaskCompletionSource();
        engine.Probe.Behaviour = _ => finish.Task;
        await engine.PutAsync("work", "a");
        await engine.Probe.NextAsync();
        for (var i = 0; i < 5; i++)
        {
            engine.Time.Advance(Lease / 2);
            var renewal = await engine.Queues.NextAsync("update");
            Assert.Equal((Lease, 1), (renewal.Visibility, renewal.Count));
            Assert.Empty(await engine.TakeAsync("work"));
        }

        finish.SetResult();
        Assert.Equal(1, (await engine.Queues.NextAsync("delete")).Count);
        Assert.Equal(0, await engine.CountAsync("work"));
    }

    [Fact]
    public async Task A_renewal_that_fails_is_tried_again_within_the_lease()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:functionTimeout=-1"]);
        var finish = new TaskCompletionSource();
        engine.Probe.Behaviour = _ => finish.Task;
        await engine.PutAsync("work", "a");
        await engine.Probe.NextAsync();
        engine.Queues.Fault = call => call.Operation == "update" ? new IOException("store away") : null;
        engine.Time.Advance(Lease / 2);
        Assert.Equal(-1, (await engine.Queues.NextAsync("update")).Count);
        engine.Queues.Fault = static _ => null;
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, (await engine.Queues.NextAsync("update")).Count);
        engine.Time.Advance(TimeSpan.FromMinutes(4.5));
        Assert.Empty(await engine.TakeAsync("work"));
        finish.SetResult();
        Assert.Equal(1, (await engine.Queues.NextAsync("delete")).Count);
    }

    [Fact]
    public async Task A_failed_message_comes_back_after_visibilityTimeout_and_not_before()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:extensions:queues:visibilityTimeout=00:00:30"]);
        var times = new List<DateTimeOffset>();
        engine.Probe.Behaviour = _ =>
        {
            times.Add(engine.Time.GetUtcNow());
            throw new InvalidOperationException("no");
        };
        await engine.PutAsync("work", "a");
        Assert.Equal("1", (await engine.Probe.NextAsync()).Data("DequeueCount"));
        Assert.Equal(TimeSpan.FromSeconds(30), (await engine.Queues.NextAsync("update")).Visibility);
        engine.Time.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Empty(await engine.TakeAsync("work"));
        Assert.Equal("2", (await engine.NextRunAsync()).Data("DequeueCount"));
        await engine.Queues.NextAsync("update");
        Assert.True(times[1] - times[0] >= TimeSpan.FromSeconds(30));
    }
}
