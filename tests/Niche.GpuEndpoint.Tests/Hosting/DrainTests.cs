using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Queueing;
using Niche.GpuEndpoint.Tests.Engines;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Hosting;

public sealed class DrainTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Told_to_stop_it_finishes_what_it_accepted_and_refuses_the_rest()
    {
        var engine = new GatedEngine();
        await using var endpoint = await Start(engine, TimeSpan.FromMinutes(1));
        var working = Paint(endpoint);
        await engine.Started.WaitAsync(Now);

        var stopped = endpoint.StopAsync();
        while (!endpoint.Services.GetRequiredService<WorkLanes>().Draining) await Task.Yield();
        using var ready = await endpoint.Client.GetAsync("/health/ready", Now);
        using var live = await endpoint.Client.GetAsync("/health/live", Now);
        using var refused = await Paint(endpoint);
        engine.Open();
        using var answer = await working;
        await stopped;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (ready.StatusCode, live.StatusCode));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("draining", await refused.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Work_that_does_not_end_is_waited_for_only_so_long()
    {
        var engine = new GatedEngine();
        await using var endpoint = await Start(engine, TimeSpan.FromMilliseconds(50));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/predictions") { Content = new StringContent("""{"input":{"prompt":"a"}}""", Encoding.UTF8) };
        request.Headers.Add("Prefer", "respond-async");
        using var accepted = await endpoint.Client.SendAsync(request, Now);
        await engine.Started.WaitAsync(Now);

        await endpoint.StopAsync();

        var lane = endpoint.Services.GetRequiredService<WorkLanes>().Images;
        while (lane.Inside > 0) await Task.Yield();
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
    }

    private static Task<RunningEndpoint> Start(IImageEngine engine, TimeSpan drain) => RunningEndpoint.StartAsync(
        new EndpointOptions { Threads = 1, Drain = drain, Only = [ModelKind.Image] }, services => services.AddSingleton(engine));

    private static Task<HttpResponseMessage> Paint(RunningEndpoint endpoint) =>
        endpoint.Client.PostAsync("/generate", new StringContent("""{"prompt":"a"}""", Encoding.UTF8), Now);
}
