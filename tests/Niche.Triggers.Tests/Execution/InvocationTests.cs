using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Execution;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Execution;

public sealed class InvocationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_invocation_has_its_own_scope_and_instance_and_both_are_disposed()
    {
        var tracker = new Tracker();
        await using var engine = await Engine.StartAsync([typeof(Scoped)], [], b => b.Services.AddSingleton(tracker).AddScoped<Resource>());
        await engine.PutAsync("work", "a");
        await engine.PutAsync("work", "b");
        await engine.Queues.NextAsync("delete");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(2, tracker.Resources.Distinct().Count());
        Assert.Equal(2, tracker.Instances.Distinct().Count());
        Assert.All(tracker.Resources, r => Assert.True(r.Disposed));
        Assert.All(tracker.Instances, i => Assert.True(i.Disposed));
    }

    [Fact]
    public async Task FunctionTimeout_cancels_the_token_and_counts_as_a_failure()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:functionTimeout=00:00:07"]);
        engine.Probe.Behaviour = run => Task.Delay(Timeout.InfiniteTimeSpan, run.Token);
        await engine.PutAsync("work", "a");
        var run = await engine.Probe.NextAsync();
        Assert.Equal(run.Token, run.Context.CancellationToken);
        engine.Time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(run.Token.IsCancellationRequested);
        engine.Time.Advance(TimeSpan.FromSeconds(0.1));
        await engine.Queues.NextAsync("update");
        Assert.Equal((1L, TimeSpan.FromSeconds(7)), (engine.Statistics("Work").Failed, engine.Statistics("Work").LastDuration));
        Assert.Contains(engine.Log.Lines, l => l.Contains("failed on message", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_that_throws_at_the_time_limit_fails_the_function_and_not_the_process()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:functionTimeout=00:00:07", "host:extensions:queues:maxDequeueCount=1"]);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Probe.Behaviour = async run =>
        {
            run.Token.Register(static () => throw new InvalidOperationException("no"));
            registered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Token);
        };
        await engine.PutAsync("work", "a");
        await registered.Task.Soon();
        engine.Time.Advance(TimeSpan.FromSeconds(7));
        await engine.Queues.NextAsync("delete");
        Assert.Equal(1, engine.Statistics("Work").Failed);
    }

    [Fact]
    public async Task Outputs_are_put_encoded_and_a_collection_gives_one_message_each()
    {
        await using var engine = await Engine.StartAsync([typeof(Outputs)]);
        await engine.PutAsync("numbers", "3");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["""{"Index":0}""", """{"Index":1}""", """{"Index":2}"""], await engine.TakeAsync("items"));
        await engine.PutAsync("echo", "hello");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["hello"], await engine.TakeAsync("echoed"));
        await engine.PutAsync("silent", "hello");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(0, await engine.CountAsync("echoed2"));
    }

    [Fact]
    public async Task An_output_in_base64_is_read_back_by_a_trigger_in_base64()
    {
        await using var engine = await Engine.StartAsync([typeof(Outputs)], ["host:extensions:queues:messageEncoding=base64"]);
        await engine.PutAsync("echo", Convert.ToBase64String("hello"u8));
        await engine.Queues.NextAsync("delete");
        Assert.Equal([Convert.ToBase64String("hello"u8)], await engine.TakeAsync("echoed"));
    }

    [Fact]
    public async Task An_output_that_cannot_be_put_is_a_failure_of_the_function()
    {
        await using var engine = await Engine.StartAsync([typeof(Outputs)], ["host:extensions:queues:maxDequeueCount=1"]);
        await engine.PutAsync("huge", "x");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(["x"], await engine.TakeAsync("huge-poison"));
        Assert.Equal(1, engine.Statistics("Huge").Failed);
    }

    [Fact]
    public async Task Statistics_meter_and_activities_tell_the_same_story()
    {
        var outcomes = new List<string>();
        using var listener = new MeterListener();
        var activities = new ConcurrentQueue<Activity>();
        using var activityListener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == "Niche.Triggers",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = a =>
            {
                if (a.DisplayName == "Measured")
                    activities.Enqueue(a);
            },
        };
        ActivitySource.AddActivityListener(activityListener);
        await using var engine = await Engine.StartAsync([typeof(Telemetered)], ["host:extensions:queues:maxDequeueCount=1"]);
        var factory = engine.Services.GetRequiredService<IMeterFactory>();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Meter.Name == "Niche.Triggers")
                l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            lock (outcomes)
                outcomes.Add($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => t.Value))}");
        });
        listener.Start();
        await engine.PutAsync("measured", "good");
        await engine.Queues.NextAsync("delete");
        await engine.PutAsync("measured", "bad");
        await engine.Queues.NextAsync("delete");
        Assert.Equal(
            ["niche.triggers.executions 1 Measured succeeded", "niche.triggers.executions 1 Measured failed", "niche.triggers.poisoned 1 Measured"], outcomes);
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], activities.Select(a => a.Status));
        var statistics = engine.Statistics("Measured");
        Assert.Equal((2L, 1L, 1L, 0), (statistics.Executed, statistics.Failed, statistics.Poisoned, statistics.InFlight));
        Assert.Equal(ObservedTime.Beginning, statistics.LastRun);
        Assert.Null(engine.Services.GetRequiredService<TriggerStatistics>().Of("Nobody"));
    }

    [Fact]
    public async Task The_body_of_a_message_is_not_logged()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)], ["host:extensions:queues:maxDequeueCount=1"]);
        engine.Probe.Behaviour = _ => throw new InvalidOperationException("no");
        await engine.PutAsync("work", "my secret prompt");
        await engine.Queues.NextAsync("delete");
        await engine.StopAsync(Token);
        Assert.NotEmpty(engine.Log.Lines);
        Assert.DoesNotContain(engine.Log.Lines, l => l.Contains("secret", StringComparison.Ordinal));
    }

    public sealed class Tracker
    {
        public List<Resource> Resources { get; } = [];

        public List<Scoped> Instances { get; } = [];
    }

    public sealed class Resource : IAsyncDisposable
    {
        public bool Disposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            Disposed = true;
            return ValueTask.CompletedTask;
        }
    }

    public sealed class Scoped(Tracker tracker, Resource resource) : IDisposable
    {
        public bool Disposed { get; private set; }

        [Function("Scoped")]
        public void Run([QueueTrigger("work")] string text, FunctionContext context)
        {
            Assert.Same(resource, context.InstanceServices.GetRequiredService<Resource>());
            lock (tracker)
            {
                tracker.Resources.Add(resource);
                tracker.Instances.Add(this);
            }
        }

        public void Dispose() => Disposed = true;
    }

    public sealed record Item(int Index);

    public sealed class Outputs
    {
        [Function("Numbers")]
        [QueueOutput("items")]
        public IReadOnlyList<Item> Numbers([QueueTrigger("numbers")] int count) => [.. Enumerable.Range(0, count).Select(i => new Item(i))];

        [Function("Echo")]
        [QueueOutput("echoed")]
        public async ValueTask<byte[]> Echo([QueueTrigger("echo")] byte[] body)
        {
            await Task.Yield();
            return body;
        }

        [Function("Silent")]
        [QueueOutput("echoed2")]
        public Task<string?> Silent([QueueTrigger("silent")] string body) => Task.FromResult<string?>(null);

        [Function("Huge")]
        [QueueOutput("echoed3")]
        public string Huge([QueueTrigger("huge")] string body) => new('x', 70_000);
    }

    public sealed class Telemetered
    {
        [Function("Measured")]
        public void Run([QueueTrigger("measured")] string text)
        {
            if (text == "bad")
                throw new InvalidOperationException("no");
        }
    }
}
