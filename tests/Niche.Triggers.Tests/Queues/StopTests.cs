using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Niche.Triggers.Tests.Rig;

namespace Niche.Triggers.Tests.Queues;

/// <summary>Rule 6: stop polling, let what runs end, cancel only at the shutdown deadline.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task A_stop_waits_for_what_runs_without_cancelling_it()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        var finish = new TaskCompletionSource();
        var cancelled = true;
        engine.Probe.Behaviour = async run =>
        {
            await finish.Task;
            cancelled = run.Token.IsCancellationRequested;
        };
        await engine.PutAsync("work", "a");
        await engine.Probe.NextAsync();
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.Register(stopping.SetResult);
        using var deadline = new CancellationTokenSource();
        var stop = engine.StopAsync(deadline.Token);
        await stopping.Task.Soon();
        Assert.False(stop.IsCompleted);
        finish.SetResult();
        await stop;
        Assert.False(cancelled);
        Assert.Equal(0, await engine.CountAsync("work"));
    }

    [Fact]
    public async Task After_a_stop_no_message_is_received()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        await engine.Time.NextWaitAsync();
        await engine.StopAsync(TestContext.Current.CancellationToken);
        engine.Queues.SeenSoFar("receive");
        await engine.PutAsync("work", "a");
        engine.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, engine.Queues.SeenSoFar("receive"));
        Assert.Equal(["a"], await engine.TakeAsync("work"));
    }

    [Fact]
    public async Task At_the_deadline_what_still_runs_is_cancelled_and_its_message_released()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        engine.Probe.Behaviour = run => Task.Delay(Timeout.InfiniteTimeSpan, run.Token);
        await engine.PutAsync("work", "a");
        var run = await engine.Probe.NextAsync();
        using var deadline = new CancellationTokenSource();
        var stop = engine.StopAsync(deadline.Token);
        Assert.False(run.Token.IsCancellationRequested);
        await deadline.CancelAsync().Soon();
        await engine.Queues.NextAsync("update");
        await stop;
        Assert.Equal(["a"], await engine.TakeAsync("work"));
    }

    [Fact]
    public async Task A_callback_of_a_function_that_throws_at_the_deadline_is_logged_and_the_stop_goes_on()
    {
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Probe.Behaviour = async run =>
        {
            run.Token.Register(static () => throw new InvalidOperationException("no"));
            registered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Token);
        };
        await engine.PutAsync("work", "a");
        await registered.Task.Soon();
        await engine.StopAsync(new CancellationToken(canceled: true));
        Assert.Contains(engine.Log.Lines, l => l.Contains("callback", StringComparison.Ordinal));
        Assert.Equal(["a"], await engine.TakeAsync("work"));
    }

    [Fact]
    public async Task A_callback_of_a_function_that_does_not_return_does_not_hold_the_process_for_ever()
    {
        using var finish = new ManualResetEventSlim();
        await using var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        var registered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Probe.Behaviour = async run =>
        {
            run.Token.Register(() => finish.Wait(Awaiting.Limit, CancellationToken.None));
            registered.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, run.Token);
        };
        await engine.PutAsync("work", "a");
        await registered.Task.Soon();
        var stop = engine.StopAsync(new CancellationToken(canceled: true));
        await engine.Time.NextWaitAsync(w => w == Engine.Grace);
        engine.Time.Advance(Engine.Grace);
        await stop;
        finish.Set();
    }

    [Fact]
    public async Task A_test_that_fails_while_a_function_is_held_ends_all_the_same()
    {
        var engine = await Engine.StartAsync([typeof(WorkFunction)]);
        engine.Probe.Behaviour = static _ => new TaskCompletionSource().Task;
        await engine.PutAsync("work", "a");
        await engine.Probe.NextAsync();
        await engine.DisposeAsync().AsTask().Soon();
        Assert.Contains(engine.Log.Lines, l => l.Contains("did not heed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_function_that_ignores_its_token_does_not_hold_the_process_for_ever()
    {
        var finish = new TaskCompletionSource();
        await using (var engine = await Engine.StartAsync([typeof(WorkFunction)]))
        {
            engine.Probe.Behaviour = _ => finish.Task;
            await engine.PutAsync("work", "a");
            await engine.Probe.NextAsync();
            var stop = engine.StopAsync(new CancellationToken(canceled: true));
            await engine.Time.NextWaitAsync(w => w == Engine.Grace);
            engine.Time.Advance(Engine.Grace);
            await stop;
            Assert.Contains(engine.Log.Lines, l => l.Contains("did not heed", StringComparison.Ordinal));
        }

        finish.SetResult();
    }
}
