using System.Text;
using System.Net;
using System.Text.Json;
using Niche.TinyModels;

namespace Niche.GpuEndpoint.Tests.Engines;

/// <summary>A model that really runs out of memory, in the allocator of the runtime.</summary>
public sealed class MemoryShortageTests : IDisposable
{
    private static readonly CancellationToken Now = TestContext.Current.CancellationToken;
    private readonly string _models = Directory.CreateTempSubdirectory("niche-hungry-").FullName;

    [Fact]
    public async Task A_request_that_needs_too_much_memory_is_answered_503_and_the_next_one_is_served()
    {
        // Room for a row and a window of words: guidance goes one prompt after the other, a long prompt does not go at all.
        TinyHungry.StableDiffusion(Path.Combine(_models, "hungry"), rows: 1, side: 1000, TinyDiffusion.Window);
        await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { ModelsDirectory = _models, Threads = 1 });
        var words = string.Join(' ', Enumerable.Repeat("the quick brown fox", 8));

        for (var i = 0; i < 3; i++)
        {
            using var content = new StringContent($$$"""{"prompt":"{{{words}}}","pipeline_params":{"weighted_prompt":true} }""", Encoding.UTF8);
            using var response = await endpoint.Client.PostAsync("/generate", content, Now);
            using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Now));
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "out_of_memory"), (response.StatusCode, problem.RootElement.GetProperty("code").GetString()));
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.NotEmpty(await endpoint.PaintAsync("""{"prompt":"the quick brown fox"}"""));
        }
        var (_, prediction) = await endpoint.PostAsync("/predictions", $$$"""{"input":{"prompt":"{{{words}}}","pipeline_params":{"weighted_prompt":true} }}""");
        Assert.Equal("out_of_memory", prediction.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_model_too_large_for_the_memory_does_not_come_and_says_why()
    {
        TinyHungry.StableDiffusion(Path.Combine(_models, "fits"), rows: 1, side: 1000);
        await using var endpoint = await RunningEndpoint.StartAsync(new EndpointOptions { ModelsDirectory = _models, Threads = 1 });
        var path = TinyFolder.Reopen(TinyHungry.StableDiffusion(Path.Combine(_models, "..", Path.GetFileName(_models) + "-large"), rows: 0, side: 1000)).Save(("name", "large"));

        await endpoint.PostAsync("/models", JsonSerializer.Serialize(new { path }));
        HttpResponseMessage health;
        do health = await endpoint.Client.GetAsync("/health/model/large", Now);
        while ((await health.Content.ReadAsStringAsync(Now)).Contains("\"loading\"", StringComparison.Ordinal));
        Directory.Delete(path, recursive: true);

        Assert.Contains("warm_up_failed", await health.Content.ReadAsStringAsync(Now), StringComparison.Ordinal);
        Assert.NotEmpty(await endpoint.PaintAsync("""{"prompt":"the quick brown fox"}"""));
    }

    public void Dispose() => Directory.Delete(_models, recursive: true);
}
