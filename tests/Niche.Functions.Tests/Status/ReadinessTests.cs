using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Status;

/// <summary>Alive is not ready.</summary>
public sealed class ReadinessTests(SharedSubnet shared)
{
    [Fact]
    public async Task Ready_names_the_miners_and_misses_nothing()
    {
        JsonNode ready = await shared.Http.GetJsonAsync("/health/ready");
        Assert.True((bool)ready["ready"]!);
        Assert.Equal(1, (int)ready["miners_online"]!);
        Assert.Empty(ready["missing"]!.AsArray());
        Assert.Equal("live", (string?)(await shared.Http.GetJsonAsync("/health/live"))["status"]);
    }

    [Fact]
    public async Task Without_miner_and_endpoint_it_lives_but_is_not_ready_and_says_why()
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(new Uri("http://127.0.0.1:1/"), withMiner: false);
        await subnet.Http.GetJsonAsync("/health/live");
        await Eventually.TrueAsync(async () => (await ReadAsync(subnet)).Count == 2);
        Assert.Equal(["No miner is online.", "The reference endpoint does not answer."], await ReadAsync(subnet));
        (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.PostAsync("/v1/chat/completions", """{"messages":[{"role":"user","content":"a"}]}""");
        Talk.AssertProblem(response, problem, 503, "no_miner_available");
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        (HttpResponseMessage stream, JsonNode? same) = await subnet.Http.PostAsync("/v1/chat/completions", """{"stream":true,"messages":[{"role":"user","content":"a"}]}""");
        Talk.AssertProblem(stream, same, 503, "no_miner_available");
    }

    private static async Task<List<string>> ReadAsync(SmallSubnet subnet)
    {
        (HttpResponseMessage response, JsonNode? report) = await subnet.Http.SendAsync(HttpMethod.Get, "/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.False((bool)report!["ready"]!);
        return [.. report["missing"]!.AsArray().Select(text => (string)text!)];
    }
}
