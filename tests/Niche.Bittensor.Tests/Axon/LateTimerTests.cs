using System.Net;
using Niche.Bittensor.Axon;

namespace Niche.Bittensor.Tests.Axon;

/// <summary>A timer may fire while, or just after, it is disposed. Caller and axon share one timeout, so on late answers it does.</summary>
public sealed class LateTimerTests
{
    [Fact]
    public async Task A_deadline_that_fires_after_the_answer_throws_nothing_on_the_timers_thread()
    {
        var time = new TimersThatFireLate();
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var axon = await AxonHost.StartAsync(options =>
        {
            options.TimeProvider = time;
            options.MaxConcurrentHandlers = 1;
            options.Attach<Echo>(async (echo, _, _) =>
            {
                started.TrySetResult();
                await finish.Task;
                return AxonReply.Success(echo);
            });
        });
        using var http = new HttpClient();

        // Only who waits for a turn has a deadline here.
        var first = StockCall.To(axon).SendAsync(http, axon.Address);
        await started.Task;
        var second = StockCall.To(axon).SendAsync(http, axon.Address);
        while (time.Count == 0) await Task.Yield();
        finish.SetResult();

        using var answer = await first;
        using var late = await second;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, late.StatusCode));
        Assert.NotEqual(0, time.FireAll());
    }

    private sealed class TimersThatFireLate : TimeProvider
    {
        private readonly List<Action> _callbacks = [];

        public int Count
        {
            get
            {
                lock (_callbacks) return _callbacks.Count;
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            lock (_callbacks) _callbacks.Add(() => callback(state));
            return System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public int FireAll()
        {
            lock (_callbacks)
            {
                foreach (var callback in _callbacks) callback();
                return _callbacks.Count;
            }
        }
    }
}
