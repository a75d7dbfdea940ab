using Microsoft.Extensions.DependencyInjection;
using Niche.Triggers.Tests.Rig;
using Niche.Triggers.Timers;

namespace Niche.Triggers.Tests.Timers;

/// <summary>Rules 7 and 8: schedules, status, past due, no overlap, failures.</summary>
public sealed class TimerRunTests
{
    private static readonly DateTimeOffset Start = ObservedTime.Beginning;

    [Theory]
    [InlineData("*/15 * * * * *", 15)]
    [InlineData("*/10 * * * *", 600)]
    [InlineData("00:00:20", 20)]
    public async Task A_timer_runs_at_its_occurrences(string schedule, int seconds)
    {
        await using var engine = await StartAsync(schedule);
        for (var i = 1; i <= 3; i++)
        {
            await TickAsync(engine);
            Assert.Equal(Start.AddSeconds(i * seconds), engine.Time.GetUtcNow());
        }
    }

    [Fact]
    public async Task Runs_never_overlap_and_missed_occurrences_are_made_up_for_once()
    {
        await using var engine = await StartAsync("0 */5 * * * *", "host:functionTimeout=-1");
        var finish = new TaskCompletionSource();
        engine.Probe.Behaviour = _ => finish.Task;
        await TickAsync(engine);
        engine.Time.Advance(TimeSpan.FromMinutes(17));
        Assert.Equal(0, engine.Probe.Pending);
        engine.Probe.Behaviour = static _ => Task.CompletedTask;
        finish.SetResult();
        var late = await engine.Probe.NextAsync();
        Assert.Equal(Start.AddMinutes(22), engine.Time.GetUtcNow());
        Assert.False(Info(late).IsPastDue);
        await TickAsync(engine);
        Assert.Equal(Start.AddMinutes(25), engine.Time.GetUtcNow());
        Assert.Equal(1, engine.Probe.MostAtOnce);
    }

    [Fact]
    public async Task An_unmonitored_timer_skips_what_it_missed()
    {
        await using var engine = await StartAsync("*/10 * * * * *", "host:functionTimeout=-1");
        var finish = new TaskCompletionSource();
        engine.Probe.Behaviour = _ => finish.Task;
        await TickAsync(engine);
        engine.Time.Advance(TimeSpan.FromSeconds(35));
        finish.SetResult();
        engine.Probe.Behaviour = static _ => Task.CompletedTask;
        await TickAsync(engine);
        Assert.Equal(Start.AddSeconds(50), engine.Time.GetUtcNow());
    }

    [Fact]
    public async Task The_status_of_a_monitored_schedule_is_told_and_kept()
    {
        var store = new InMemoryTimerStatusStore();
        await using var engine = await StartAsync("0 */5 * * * *", store);
        var first = Info(await TickAsync(engine)).ScheduleStatus!;
        Assert.Equal((default, Start.AddMinutes(5).UtcDateTime), (first.Last, first.Next));
        var second = Info(await TickAsync(engine)).ScheduleStatus!;
        Assert.Equal((Start.AddMinutes(5).UtcDateTime, Start.AddMinutes(10).UtcDateTime), (second.Last, second.Next));
        await engine.Time.NextWaitAsync(w => w == TimeSpan.FromMinutes(1));
        var kept = await store.ReadAsync("Tick", TestContext.Current.CancellationToken);
        Assert.Equal((Start.AddMinutes(10).UtcDateTime, Start.AddMinutes(15).UtcDateTime), (kept!.Last, kept.Next));
        Assert.Equal(DateTimeKind.Utc, kept.Last.Kind);
    }

    [Fact]
    public async Task A_schedule_within_a_minute_has_no_status()
    {
        await using var engine = await StartAsync("*/15 * * * * *");
        Assert.Null(Info(await TickAsync(engine)).ScheduleStatus);
    }

    [Fact]
    public async Task UseMonitor_false_has_no_status()
    {
        await using var engine = await Engine.StartAsync([typeof(Unmonitored)]);
        Assert.Null(Info(await TickAsync(engine)).ScheduleStatus);
    }

    [Fact]
    public async Task RunOnStartup_runs_at_once_and_then_on_schedule()
    {
        await using var engine = await Engine.StartAsync([typeof(AtStartup)]);
        Assert.False(Info(await engine.Probe.NextAsync()).IsPastDue);
        Assert.Equal(Start, engine.Time.GetUtcNow());
        await TickAsync(engine);
        Assert.Equal(Start.AddMinutes(10), engine.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_run_missed_while_the_process_was_down_is_made_up_for_once_and_marked()
    {
        var store = new InMemoryTimerStatusStore();
        var last = Start.AddMinutes(-25).UtcDateTime;
        await store.WriteAsync("Tick", new ScheduleStatus { Last = last, Next = last.AddMinutes(5), LastUpdated = last }, TestContext.Current.CancellationToken);
        await using var engine = await StartAsync("0 */5 * * * *", store);
        Assert.True(Info(await engine.Probe.NextAsync()).IsPastDue);
        Assert.Equal(Start, engine.Time.GetUtcNow());
        Assert.False(Info(await TickAsync(engine)).IsPastDue);
        Assert.Equal(Start.AddMinutes(5), engine.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_schedule_changed_since_is_not_past_due_by_the_old_one()
    {
        var store = new InMemoryTimerStatusStore();
        var last = Start.AddMinutes(-10).UtcDateTime;
        await store.WriteAsync("Tick", new ScheduleStatus { Last = last, Next = last.AddMinutes(5), LastUpdated = last }, TestContext.Current.CancellationToken);
        await using var engine = await StartAsync("0 30 * * * *", store);
        Assert.False(Info(await TickAsync(engine)).IsPastDue);
        Assert.Equal(Start.AddMinutes(30), engine.Time.GetUtcNow());
    }

    [Fact]
    public async Task A_failed_run_is_logged_and_the_next_tick_proceeds()
    {
        await using var engine = await StartAsync("*/15 * * * * *");
        engine.Probe.Behaviour = _ => throw new InvalidOperationException("no");
        await TickAsync(engine);
        await TickAsync(engine);
        Assert.Equal(Start.AddSeconds(30), engine.Time.GetUtcNow());
        Assert.Contains(engine.Log.Lines, l => l.Contains("Timer Tick failed", StringComparison.Ordinal));
        Assert.True(engine.Statistics("Tick").Failed >= 1);
    }

    [Fact]
    public async Task A_store_in_trouble_does_not_stop_the_timer()
    {
        await using var engine = await StartAsync("0 */5 * * * *", new BrokenStore());
        await TickAsync(engine);
        await TickAsync(engine);
        Assert.Equal(Start.AddMinutes(10), engine.Time.GetUtcNow());
        Assert.Contains(engine.Log.Lines, l => l.Contains("cannot be read", StringComparison.Ordinal));
        Assert.Contains(engine.Log.Lines, l => l.Contains("cannot be kept", StringComparison.Ordinal));
    }

    private static TimerInfo Info(ProbeRun run) => (TimerInfo)run.Input!;

    private static Task<Engine> StartAsync(string schedule, params string[] settings) =>
        Engine.StartAsync([typeof(Ticking)], ["Schedule=" + schedule, .. settings]);

    private static Task<Engine> StartAsync(string schedule, ITimerStatusStore store) =>
        Engine.StartAsync([typeof(Ticking)], ["Schedule=" + schedule], b => b.Services.AddSingleton(store));

    private static async Task<ProbeRun> TickAsync(Engine engine)
    {
        while (engine.Probe.Pending == 0)
        {
            await Task.WhenAny(engine.Probe.WaitAsync(), engine.Time.AnyWaitAsync(TestContext.Current.CancellationToken)).Soon("a run of the timer or a wait on the clock");
            if (engine.Probe.Pending == 0 && engine.Time.TakeWait() is { } wait && wait <= TimeSpan.FromMinutes(1))
                engine.Time.Advance(wait);
        }

        return await engine.Probe.NextAsync();
    }

    public sealed class Ticking(Probe probe)
    {
        [Function("Tick")]
        public Task Run([TimerTrigger("%Schedule%")] TimerInfo timer, FunctionContext context, CancellationToken token) =>
            probe.RunAsync(timer, context, token);
    }

    public sealed class Unmonitored(Probe probe)
    {
        [Function("Tick")]
        public Task Run([TimerTrigger("0 */10 * * * *", UseMonitor = false)] TimerInfo timer, FunctionContext context) =>
            probe.RunAsync(timer, context, default);
    }

    public sealed class AtStartup(Probe probe)
    {
        [Function("Tick")]
        public Task Run([TimerTrigger("0 */10 * * * *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) =>
            probe.RunAsync(timer, context, default);
    }

    private sealed class BrokenStore : ITimerStatusStore
    {
        public ValueTask<ScheduleStatus?> ReadAsync(string function, CancellationToken cancellationToken) => throw new IOException("disk");

        public ValueTask WriteAsync(string function, ScheduleStatus status, CancellationToken cancellationToken) => throw new IOException("disk");
    }
}
