using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Queues;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 4: success deletes, failure releases, too many failures go to the poison queue.</summary>
public sealed class OutcomeTests
{
    [Fact]
    public async Task A_succeeded_message_is_deleted()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        await engine.PutAsync("work", "a");
        Assert.Equal(1, (await engine.Queues.NextAsync("delete")).Count);
        Assert.Equal(0, await engine.CountAsync("work"));
    }

    [Fact]
    public async Task A_message_that_vanished_or_was_received_again_meanwhile_is_no_error()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        engine.Probe.Behaviour = async run =>
            await engine.Queues.Inner.DeleteAsync("work", run.Data("Id")!, run.Data("PopReceipt")!, CancellationToken.None);
        await engine.PutAsync("work", "a");
        Assert.Equal(0, (await engine.Queues.NextAsync("delete")).Count);
        Assert.DoesNotContain(engine.Log.Lines, l => l.StartsWith("Error", StringComparison.Ordinal) || l.StartsWith("Warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_maxDequeueCount_failures_the_body_is_copied_to_the_poison_queue_and_the_reason_is_told()
    {
        var sink = new CollectingSink();
        await using var engine = await Engine.StartAsync(
            [typeof(WorkFunction)], ["host:extensions:queues:maxDequeueCount=3"], b => b.Services.AddSingleton<IPoisonSink>(sink));
        engine.Probe.Behaviour = run => throw new InvalidOperationException("model is\nbroken");
        await engine.PutAsync("work", "{\"a\":1}");
        for (var i = 1; i <= 3; i++)
            Assert.Equal(i.ToString(System.Globalization.CultureInfo.InvariantCulture), (await engine.Probe.NextAsync()).Data("DequeueCount"));
        var told = await sink.Told.Task.Soon();
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["{\"a\":1}"], await engine.TakeAsync("work-poison"));
        Assert.Equal(0, await engine.CountAsync("work"));
        Assert.Equal(("Work", "work", "work-poison", 3L), (told.Function, told.Queue, told.PoisonQueue, told.Item.DequeueCount));
        Assert.Equal("failed 3 times, at last with InvalidOperationException: model is broken", told.Reason);
        Assert.IsType<InvalidOperationException>(told.Exception);
        Assert.Equal((3L, 3L, 1L), (engine.Statistics("Work").Executed, engine.Statistics("Work").Failed, engine.Statistics("Work").Poisoned));
    }

    [Fact]
    public async Task A_message_received_too_often_already_is_poisoned_without_running()
    {
        await using var engine = await Engine.StartAsync(
            [typeof(WorkFunction)], ["host:extensions:queues:maxDequeueCount=2"], tellsArrivals: false);
        await engine.Time.NextWaitAsync();
        await engine.PutAsync("work", "crasher");
        for (var i = 0; i < 2; i++)
        {
            var item = Assert.Single(await engine.Queues.Inner.ReceiveAsync("work", 1, TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
            await engine.Queues.Inner.UpdateVisibilityAsync("work", item.Id, item.PopReceipt, TimeSpan.Zero, TestContext.Current.CancellationToken);
        }

        engine.Time.Advance(Engine.LongestPoll);
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["crasher"], await engine.TakeAsync("work-poison"));
        Assert.Equal(0, engine.Statistics("Work").Executed);
        Assert.Equal(1, engine.Statistics("Work").Poisoned);
    }

    [Fact]
    public async Task A_poison_queue_has_no_poison_queue_and_leaves_a_failed_message_invisible()
    {
        await using var engine = await Engine.StartAsync([typeof(PoisonFunction)], ["host:extensions:queues:maxDequeueCount=1"]);
        engine.Probe.Behaviour = _ => throw new InvalidOperationException("no");
        await engine.PutAsync("work-poison", "a");
        await engine.Probe.NextAsync();
        await engine.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, engine.Queues.SeenSoFar("update"));
        Assert.Empty(await engine.TakeAsync("work-poison"));
        Assert.Equal(1, await engine.CountAsync("work-poison"));
        Assert.Equal(0, await engine.CountAsync("work-poison-poison"));
        engine.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["a"], await engine.TakeAsync("work-poison"));
    }

    [Fact]
    public async Task A_failing_sink_does_not_keep_the_message()
    {
        var sink = new CollectingSink { Fails = true };
        await using var engine = await Engine.StartAsync(
            [typeof(WorkFunction)], ["host:extensions:queues:maxDequeueCount=1"], b => b.Services.AddSingleton<IPoisonSink>(sink));
        engine.Probe.Behaviour = _ => throw new InvalidOperationException("no");
        await engine.PutAsync("work", "a");
        Assert.Equal(1, (await engine.Queues.NextAsync("delete")).Count);
        Assert.Equal(["a"], await engine.TakeAsync("work-poison"));
    }

    [Fact]
    public async Task A_message_whose_poison_copy_cannot_be_stored_stays_in_its_queue()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:extensions:queues:maxDequeueCount=1"]);
        engine.Probe.Behaviour = _ => throw new InvalidOperationException("no");
        engine.Queues.Fault = call => call is { Operation: "delete" } ? new IOException("store away") : null;
        await engine.PutAsync("work", "a");
        Assert.Equal(-1, (await engine.Queues.NextAsync("delete")).Count);
        engine.Queues.Fault = static _ => null;
        Assert.Equal(1, await engine.CountAsync("work"));
        Assert.Equal(1, await engine.CountAsync("work-poison"));
    }

    public sealed class PoisonFunction(Probe probe)
    {
        [Function("Replay")]
        public Task Run([QueueTrigger("work-poison")] byte[] body, FunctionContext context, CancellationToken token) =>
            probe.RunAsync(Encoding.UTF8.GetString(body), context, token);
    }

    private sealed class CollectingSink : IPoisonSink
    {
        public bool Fails { get; init; }

        public TaskCompletionSource<PoisonedMessage> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ValueTask RecordAsync(PoisonedMessage message, CancellationToken cancellationToken)
        {
            Told.TrySetResult(message);
            return Fails ? throw new IOException("disk full") : ValueTask.CompletedTask;
        }
    }
}
