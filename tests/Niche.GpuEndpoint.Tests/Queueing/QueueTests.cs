using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Tests.Engines;

namespace Niche.GpuEndpoint.Tests.Queueing;

public sealed class QueueTests
{
    [Fact]
    public async Task A_full_queue_answers_429_with_retry_after_and_loses_nobody()
    {
        var engine = new GatedEngine();
        await using var endpoint = await RunningEndpoint.StartAsync(
            new EndpointOptions { Threads = 1, Queue = 2 }, services => services.AddSingleton<IImageEngine>(engine));
        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        var accepted = Enumerable.Range(0, 3).Select(_ => Send(endpoint)).ToArray();
        await engine.Started.WaitAsync(TestContext.Current.CancellationToken);
        while (lane.Inside < 3) await Task.Yield();

        using var refused = await Send(endpoint);
        engine.Open();
        var answers = await Task.WhenAll(accepted);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta >= TimeSpan.FromSeconds(1));
        Assert.Contains("queue_full", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        foreach (var answer in answers) answer.Dispose();
    }

    [Fact]
    public async Task A_turn_is_passed_on_when_work_fails_or_gives_up_waiting()
    {
        var lane = new WorkLane(4, TimeProvider.System);
        var gate = new TaskCompletionSource<int>();
        using var giveUp = new CancellationTokenSource();
        var first = lane.RunAsync(_ => gate.Task, TestContext.Current.CancellationToken);
        var second = lane.RunAsync(_ => Task.FromResult(2), giveUp.Token);
        var third = lane.RunAsync(_ => Task.FromResult(3), TestContext.Current.CancellationToken);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        gate.SetException(new InvalidOperationException("broken"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        Assert.Equal(3, await third);
        Assert.Equal(0, lane.Inside);
    }

    [Fact]
    public async Task Nobody_ever_works_beside_another_in_one_lane()
    {
        var lane = new WorkLane(100, TimeProvider.System);
        var (inside, most) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => lane.RunAsync(async _ =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            return Interlocked.Decrement(ref inside);
        }, TestContext.Current.CancellationToken))));

        Assert.Equal(1, most);
    }

    private static Task<HttpResponseMessage> Send(RunningEndpoint endpoint) =>
        endpoint.Client.PostAsync("/generate", new StringContent("""{"prompt":"a"}""", Encoding.UTF8), TestContext.Current.CancellationToken);
}
