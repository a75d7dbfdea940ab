using System.Net;
using System.Text.Json;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Niche.GpuEndpoint.Engines;
using Niche.GpuEndpoint.Tests.Engines;
using Niche.Inference.Models;

namespace Niche.GpuEndpoint.Tests.Telemetry;

public sealed class MetricsTests(RunningEndpoint shared)
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_tell_who_works_who_waits_and_what_was_made()
    {
        var engine = new GatedEngine();
        await using var endpoint = await RunningEndpoint.StartAsync(
            new EndpointOptions { Threads = 1, Only = [ModelKind.Image] }, services => services.AddSingleton<IImageEngine>(engine));
        var work = Enumerable.Range(0, 3).Select(_ => endpoint.PostAsync("/generate", """{"prompt":"a"}""")).ToArray();
        await engine.Started.WaitAsync(Now);

        while (!(await Read(endpoint)).Contains("niche:num_requests_waiting{kind=\"image\"} 2\n", StringComparison.Ordinal)) await Task.Yield();
        Assert.Contains("niche:num_requests_running{kind=\"image\"} 1\n", await Read(endpoint), StringComparison.Ordinal);
        engine.Open();
        await Task.WhenAll(work);

        var text = await Read(endpoint);
        Assert.Contains("# TYPE niche:images_total counter\nniche:images_total{model_name=\"niche-scenes\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE niche:e2e_request_latency_seconds histogram\n", text, StringComparison.Ordinal);
        Assert.Contains("niche:e2e_request_latency_seconds_count{model_name=\"niche-scenes\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("le=\"+Inf\"} 3\n", text, StringComparison.Ordinal);
        Assert.Contains("niche:num_requests_running{kind=\"image\"} 0\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_line_is_of_the_text_form()
    {
        await shared.PaintAsync("""{"prompt":"a","pipeline_params":{"num_inference_steps":1}}""");

        Assert.All((await Read(shared)).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("""^(# (HELP|TYPE) niche:[a-z0-9_]+ .+|niche:[a-z0-9_]+\{([a-z_]+="[^"\n]*",?)+\} [0-9.E+-]+)$""", line));
    }

    [Theory]
    [InlineData("niche-scenes", 200, "ready")]
    [InlineData("none", 404, "unknown")]
    public async Task Every_model_has_its_own_health(string model, int status, string text)
    {
        using var response = await shared.Client.GetAsync($"/health/model/{model}", Now);

        Assert.Equal((status, text), ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>(Now)).GetProperty("status").GetString()));
    }

    [Fact]
    public async Task Capabilities_name_routes_pipelines_and_limits()
    {
        using var response = await shared.Client.GetAsync("/capabilities", Now);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Now);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("inpaint", answer.GetProperty("pipelines").GetProperty("niche-scenes").EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(12 << 20, answer.GetProperty("max_body_bytes").GetInt32());
        Assert.Equal(shared.Store.Served.Count, answer.GetProperty("models").GetArrayLength());
    }

    private static Task<string> Read(RunningEndpoint endpoint) => endpoint.Client.GetStringAsync("/metrics", Now);
}
