using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Endpoints;

public sealed class EndpointBodyTests
{
    [Fact]
    public async Task A_callers_parameters_can_not_override_the_miners_fields()
    {
        JsonElement seen = default;
        await using var endpoint = await HostileEndpoint.StartAsync(async http =>
        {
            seen = (await JsonDocument.ParseAsync(http.Request.Body)).RootElement.Clone();
            await http.Response.WriteAsync("""{"prompt_output":{"choices":[{"text":"x"}]}}""");
        });
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);
        using var parameters = JsonDocument.Parse("""{"max_tokens":5,"model":"evil","prompt":["evil"],"timeout":9999,"stream":true,"seed":1,"n":100}""");

        var result = await rig.WriteAsync(Ask.Text() with { PipelineParams = parameters.RootElement });

        Assert.True(result.IsSuccess, result.StatusMessage);
        Assert.Equal(["max_tokens", "model", "prompt", "seed", "timeout"], seen.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("niche-prompt-lm", 3, 5), (seen.GetProperty("model").GetString(), seen.GetProperty("seed").GetInt32(), seen.GetProperty("max_tokens").GetInt32()));
        Assert.Equal("a red", seen.GetProperty("prompt")[0].GetString());
        Assert.InRange(seen.GetProperty("timeout").GetDouble(), 0.001, 60);
    }

    [Fact]
    public async Task A_stock_endpoint_with_only_info_is_served_too()
    {
        await using var endpoint = await HostileEndpoint.GoodAsync();
        endpoint.ModelsJson = null;
        await using var rig = await MinerRig.StartAsync([endpoint.Address]);

        Assert.Equal(200, (await rig.PaintAsync()).StatusCode);
    }
}
