using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Accounts;

/// <summary>A validator whose operator wants to know who asks.</summary>
public sealed class RequiredKeyTests(SharedSubnet shared)
{
    [Fact]
    public async Task Work_needs_a_key_and_what_is_public_does_not()
    {
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(shared.Endpoint.Address, withMiner: false, "Api:RequireKey=true", "Bots:Terminal=true");
        const string Chat = """{"messages":[{"role":"user","content":"a red"}]}""", Prompt = """{"prompt":"a house"}""";
        foreach ((string path, string body) in ((string, string)[])[("/v1/jobs", Prompt), ("/v1/images/generations", Prompt), ("/v1/chat/completions", Chat)])
        {
            (HttpResponseMessage response, JsonNode? problem) = await subnet.Http.PostAsync(path, body, ("Authorization", "Bearer sk-anything"));
            Talk.AssertProblem(response, problem, 401, "unauthorized");
        }

        foreach (string path in (string[])["/v1/models", "/v1/miners", "/health/live", "/openapi.json", "/"])
            Assert.Equal(HttpStatusCode.OK, (await subnet.Http.SendAsync(HttpMethod.Get, path)).Response.StatusCode);
        KeyedClient api = new(subnet.Http, await new TerminalVisitor(subnet.Http).KeyAsync());
        (HttpResponseMessage taken, JsonNode? job) = await api.OrderAsync("a house");
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Get, "/v1/jobs/" + (string)job!["id"]!)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await subnet.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + (string)job["id"]!)).Response.StatusCode);
    }
}
