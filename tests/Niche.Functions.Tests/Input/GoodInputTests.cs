using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;

namespace Niche.Functions.Tests.Input;

/// <summary>The edges of what is allowed are allowed.</summary>
public sealed class GoodInputTests(SharedSubnet shared)
{
    [Theory]
    [InlineData("\"steps\":1")]
    [InlineData("\"steps\":50")]
    [InlineData("\"steps\":1e1")]
    [InlineData("\"steps\":20.0")]
    [InlineData("\"guidance\":1")]
    [InlineData("\"guidance\":10")]
    [InlineData("\"seed\":0")]
    [InlineData("\"seed\":1000000000")]
    [InlineData("\"count\":4")]
    [InlineData("\"width\":128")]
    [InlineData("\"kind\":\"image\",\"model\":\"niche-scenes\"")]
    [InlineData("\"steps\":null,\"seed\":null,\"model\":null,\"count\":null,\"guidance\":null")]
    [InlineData("\"negative_prompt\":\"\"")]
    [InlineData("\"something_else\":{\"deep\":[1,2,3]}")]
    public async Task An_edge_is_accepted(string member)
    {
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{Talk.Prompt}}",{{member}}}""");
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job?.ToJsonString());
        await shared.Http.SendAsync(HttpMethod.Delete, "/v1/jobs/" + (string)job!["id"]!);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("\\n a lighthouse \\t ")]
    [InlineData("\\ud83d\\ude00 灯塔 маяк منارة")]
    [InlineData("<script>alert('\\\"')</script>")]
    [InlineData("{{prompt}} %s ${jndi:ldap://x} ../../etc/passwd")]
    public async Task A_prompt_may_say_anything(string prompt)
    {
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{prompt}}","steps":1}""");
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, job?.ToJsonString());
        Assert.Equal(((string)JsonNode.Parse($"\"{prompt}\"")!).Trim(), (string?)job!["prompt"]);
        JsonNode done = await shared.Http.FinishAsync((string)job["id"]!);
        Assert.True((string?)done["status"] == "succeeded", string.Join('\n', shared.Subnet.Log.Lines.Where(line => line.Contains((string)job["id"]!, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task The_longest_prompt_is_accepted()
    {
        (HttpResponseMessage response, JsonNode? job) = await shared.Http.PostAsync("/v1/jobs", $$"""{"prompt":"{{new string('é', 2000)}}","steps":1}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("succeeded", (string?)(await shared.Http.FinishAsync((string)job!["id"]!))["status"]);
    }
}
