using System.Net;
using System.Text.Json.Nodes;
using Niche.Functions.Tests.Rig;
using Niche.Storage.Tests.Azure;

namespace Niche.Functions.Tests.Accounts;

/// <summary>Accounts on Azure's tables, queues and blobs.</summary>
public sealed class AzuriteTests(SharedSubnet shared)
{
    [Fact]
    public async Task A_chat_and_a_program_are_one_account_and_part_again()
    {
        if (AzuriteProcess.WhyMissing() is { } reason) Assert.Skip(reason);
        await using AzuriteProcess azurite = await AzuriteProcess.StartAsync(TestContext.Current.CancellationToken);
        await using SmallSubnet subnet = await SmallSubnet.StartAsync(
            shared.Endpoint.Address, withMiner: true, "Bots:Terminal=true", "Storage:Kind=azure", $"AzureWebJobsStorage={azurite.ConnectionString}");
        await subnet.WhenReadyAsync();
        TerminalVisitor first = new(subnet.Http), second = new(subnet.Http);
        KeyedClient api = new(subnet.Http, await first.KeyAsync());
        string id = (string)(await api.PaintAsync("a red house"))["id"]!;
        await second.SayAsync("/imagine a blue boat --steps 2 --count 1");
        await second.SayAsync($"/link {await first.CodeAsync()}");
        Assert.Equal(["terminal: a blue boat", "api: a red house"], await api.HistoryAsync());
        Assert.Equal(["api: a red house"], await api.HistoryAsync("?before=" + (await IdsAsync(api))[0]));
        Assert.Equal(HttpStatusCode.NotFound, (await subnet.Http.SendAsync(HttpMethod.Get, "/v1/jobs/" + id)).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await api.SendAsync(HttpMethod.Delete, "/v1/link")).Response.StatusCode);
        Assert.Equal(["api: a red house"], await api.HistoryAsync());
        await api.SendAsync(HttpMethod.Delete, "/v1/keys/" + api.Key.Split('_')[1]);
        (HttpResponseMessage response, JsonNode? problem) = await api.SendAsync(HttpMethod.Get, "/v1/history");
        Talk.AssertProblem(response, problem, 401, "unauthorized");
    }

    private static async Task<string[]> IdsAsync(KeyedClient api) =>
        [.. (await api.SendAsync(HttpMethod.Get, "/v1/history")).Body!["data"]!.AsArray().Select(entry => (string)entry!["id"]!)];
}
