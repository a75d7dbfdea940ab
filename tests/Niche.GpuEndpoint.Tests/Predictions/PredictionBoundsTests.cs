using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Predictions;
using Niche.GpuEndpoint.Tests.Engines;

namespace Niche.GpuEndpoint.Tests.Predictions;

public sealed class PredictionBoundsTests
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3, 1 << 20)]
    [InlineData(1000, 9)]
    public async Task Only_the_newest_finished_predictions_are_kept(int count, int bytes)
    {
        await using var endpoint = await Start(Opened(), new PredictionLimits(count, bytes, TimeSpan.FromHours(1)));

        for (var i = 0; i < 10; i++) await Put(endpoint, $"p{i}");

        for (var i = 0; i < 10; i++)
        {
            using var response = await endpoint.Client.GetAsync($"/predictions/p{i}", Now);
            Assert.Equal(i < 7 ? HttpStatusCode.NotFound : HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task Old_ones_go_by_themselves()
    {
        await using var endpoint = await Start(Opened(), new PredictionLimits(100, 1 << 20, TimeSpan.Zero));

        await Put(endpoint, "old");

        using var response = await endpoint.Client.GetAsync("/predictions/old", Now);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Unfinished_ones_stay_and_too_many_of_them_are_refused()
    {
        var engine = new GatedEngine();
        await using var endpoint = await Start(engine, new PredictionLimits(0, 0, TimeSpan.Zero), queue: 1);

        var (first, second, third) = (await Put(endpoint, "a", true), await Put(endpoint, "b", true), await Put(endpoint, "c", true));
        using var kept = await endpoint.Client.GetAsync("/predictions/a", Now);
        using var refused = await endpoint.Client.GetAsync("/predictions/c", Now);
        engine.Open();

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.TooManyRequests), (first, second, third));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (kept.StatusCode, refused.StatusCode));
    }

    [Fact]
    public async Task An_engine_that_breaks_fails_the_prediction_and_those_who_wait_hear_of_it()
    {
        await using var endpoint = await Start(new BrokenEngine(), PredictionLimits.Default);

        var (status, answer) = await endpoint.PostAsync("/predictions", """{"input":{"prompt":"a"}}""");

        Assert.Equal((500, "failed", "internal"), ((int)status, answer.GetProperty("status").GetString(), answer.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_urgent_go_first()
    {
        var engine = new GatedEngine();
        await using var endpoint = await Start(engine, PredictionLimits.Default);
        await Put(endpoint, "working", true);
        await engine.Started.WaitAsync(Now);
        await Put(endpoint, "calm", true);
        await Put(endpoint, "urgent", true, priority: 5);
        engine.Open();

        var (calm, urgent) = (await Started(endpoint, "calm"), await Started(endpoint, "urgent"));

        Assert.True(urgent < calm);
    }

    private static GatedEngine Opened()
    {
        var engine = new GatedEngine();
        engine.Open();
        return engine;
    }

    private static Task<RunningEndpoint> Start(IImageEngine engine, PredictionLimits limits, int queue = 32) => RunningEndpoint.StartAsync(
        new EndpointOptions { Threads = 1, Queue = queue, Predictions = limits, Only = [Niche.Inference.Models.ModelKind.Image] },
        services => services.AddSingleton(engine));

    private static async Task<HttpStatusCode> Put(RunningEndpoint endpoint, string id, bool background = false, int priority = 0)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/predictions/{id}")
        {
            Content = new StringContent($$$"""{"priority":{{{priority}}},"input":{"prompt":"a"}}""", Encoding.UTF8),
        };
        if (background) request.Headers.Add("Prefer", "respond-async");
        using var response = await endpoint.Client.SendAsync(request, Now);
        return response.StatusCode;
    }

    private static async Task<DateTimeOffset> Started(RunningEndpoint endpoint, string id)
    {
        while (true)
        {
            var answer = await endpoint.Client.GetFromJsonAsync<JsonElement>($"/predictions/{id}", Now);
            if (answer.TryGetProperty("started_at", out var at)) return at.GetDateTimeOffset();
        }
    }

    private sealed class BrokenEngine : IImageEngine
    {
        public Task<GeneratedImage> GenerateAsync(ImageJob job, CancellationToken cancellation) => throw new InvalidOperationException("broken");
    }
}
