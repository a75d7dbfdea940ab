using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Niche.Miner.Tests.Rig;

namespace Niche.Miner.Tests.Status;

public sealed class StatusTests
{
    [Fact]
    public async Task Status_shows_shares_outcomes_and_the_last_error_to_this_machine()
    {
        await using var failing = await HostileEndpoint.StartAsync(500, "");
        await using var rig = await MinerRig.StartAsync([failing.Address]);
        await rig.PaintAsync();
        await rig.PaintAsync(Ask.Image(steps: 51));
        await rig.PaintAsync(who: "//Stranger");

        var status = await rig.Http.GetFromJsonAsync<JsonElement>(new Uri(rig.Address, "/status"), TestContext.Current.CancellationToken);

        Assert.Equal(40, status.GetProperty("shares").EnumerateObject().Single().Value.GetInt32());
        var outcomes = status.GetProperty("outcomes");
        Assert.Equal((1, 1, 1), (
            outcomes.GetProperty("endpoint_failed").GetInt32(), outcomes.GetProperty("bad_request").GetInt32(), outcomes.GetProperty("forbidden").GetInt32()));
        Assert.Equal("EndpointFailed", status.GetProperty("last_error").GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Status_is_not_there_for_callers_behind_a_proxy()
    {
        await using var good = await HostileEndpoint.GoodAsync();
        await using var rig = await MinerRig.StartAsync([good.Address]);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(rig.Address, "/status"));
        request.Headers.Add("X-Forwarded-For", "203.0.113.7");

        using var response = await rig.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Alive_but_not_ready_without_an_endpoint()
    {
        await using var rig = await MinerRig.StartAsync([new Uri("http://127.0.0.1:1")], wait: false);

        Assert.Equal(HttpStatusCode.OK, await rig.StatusAsync("/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await rig.StatusAsync("/health/ready"));
    }
}
