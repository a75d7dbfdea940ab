using System.Net.Http.Json;
using System.Text.Json;

namespace Niche.GpuEndpoint.Tests.Routes;

public sealed class ModelsRouteTests(RunningEndpoint endpoint)
{
    [Fact]
    public async Task Info_names_the_image_model_as_stock_miners_expect() =>
        Assert.Equal("niche-scenes", (await Get("/info")).GetProperty("model_name").GetString());

    [Fact]
    public async Task Models_tell_what_may_be_asked()
    {
        var models = (await Get("/models")).GetProperty("models").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);

        Assert.Equal(["niche-clip", "niche-prompt-lm", "niche-scenes"], models.Keys.Order());
        var scenes = models["niche-scenes"];
        Assert.Equal("image", scenes.GetProperty("kind").GetString());
        Assert.Equal(64, scenes.GetProperty("digest").GetString()!.Length);
        Assert.Equal(128, scenes.GetProperty("sizes")[0].GetProperty("width").GetInt32());
        Assert.Equal((1, 50, 20), (Steps(scenes, "min"), Steps(scenes, "max"), Steps(scenes, "default")));
        Assert.Equal(4, scenes.GetProperty("guidance").GetProperty("default").GetDouble());
        Assert.InRange(scenes.GetProperty("suggestions").GetArrayLength(), 10, 12);
        Assert.Equal("text", models["niche-prompt-lm"].GetProperty("kind").GetString());
        Assert.Equal(63, models["niche-prompt-lm"].GetProperty("max_tokens").GetInt32());
        Assert.Equal("embedding", models["niche-clip"].GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("/health/live", "live")]
    [InlineData("/health/ready", "ready")]
    public async Task Health_is_good(string path, string status) =>
        Assert.Equal(status, (await Get(path)).GetProperty("status").GetString());

    [Fact]
    public async Task An_unknown_route_is_a_problem()
    {
        var (status, body) = await endpoint.PostAsync("/nonsense", "{}");

        Assert.Equal((404, "route_unknown"), ((int)status, body.GetProperty("code").GetString()));
    }

    private static int Steps(JsonElement model, string name) => model.GetProperty("steps").GetProperty(name).GetInt32();

    private Task<JsonElement> Get(string path) =>
        endpoint.Client.GetFromJsonAsync<JsonElement>(path, TestContext.Current.CancellationToken);
}
