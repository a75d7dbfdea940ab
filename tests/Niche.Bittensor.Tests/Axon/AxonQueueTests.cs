using System.Net;
using Microsoft.Extensions.Time.Testing;
using Niche.Bittensor.Axon;

namespace Niche.Bittensor.Tests.Axon;

public sealed class AxonQueueTests
{
    [Fact]
    public async Task Who_finds_the_queue_full_is_told_at_once_and_who_waits_past_its_own_timeout_is_told_then()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var (started, finish) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var axon = await AxonHost.StartAsync(options =>
        {
            options.TimeProvider = time;
            (options.MaxConcurrentHandlers, options.MaxWaiting) = (1, 1);
            options.Attach<Echo>(async (echo, _, _) =>
            {
                started.SetResult();
                await finish.Task;
                return AxonReply.Success(echo);
            });
        });
        using var http = new HttpClient();
        var served = StockCall.To(axon, time).SendAsync(http, axon.Address);
        await started.Task;

        // Whichever of the two comes first waits; the other finds the queue full.
        var others = new[] { StockCall.To(axon, time).SendAsync(http, axon.Address), StockCall.To(axon, time).SendAsync(http, axon.Address) };
        var refused = await Task.WhenAny(others);
        using var busy = await refused;
        Assert.Equal(HttpStatusCode.TooManyRequests, busy.StatusCode);
        Assert.NotNull(busy.Headers.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(12));
        using var late = await others.Single(other => other != refused);
        Assert.Equal(HttpStatusCode.RequestTimeout, late.StatusCode);

        finish.SetResult();
        using var answer = await served;
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
