using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Niche.EndToEnd.Tests.Rig;
using Niche.FunctionsHost;
using Niche.Storage.Azure;
using Niche.Storage.Jobs;

namespace Niche.EndToEnd.Tests.Azure;

/// <summary>The Azure head as its host sees it: the same functions, real queues, and nothing lost when the worker is killed.</summary>
[Collection(ProcessCollection.Name)]
public sealed class AzureHeadTests
{
    private const int Jobs = 8;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_head_paints_judges_and_sets_weights_under_the_official_worker()
    {
        await using AzureSubnet subnet = await AzureSubnet.StartAsync(miners: 1);
        await using WorkerHost host = await subnet.StartHeadAsync();
        Assert.Equal(FunctionNames(), host.Functions.Select(function => function.Name).Order(StringComparer.Ordinal));

        foreach (string page in (string[])["", "openapi.json", "llms.txt", "health/live", "v1/models", "v1/miners"])
        {
            using HttpResponseMessage response = await subnet.Http.GetAsync(new Uri(host.Address, page), Ct);
            Assert.True(response.IsSuccessStatusCode, $"/{page}: {response.StatusCode}\n{host.Output}");
        }

        using HttpResponseMessage refused = await subnet.Http.PostAsJsonAsync(new Uri(host.Address, "v1/jobs"), new { prompt = "x", steps = -1 }, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);

        string id = await SubmitAsync(subnet, host, 7);
        JsonElement job = await DoneAsync(subnet, host, id);
        string image = job.GetProperty("results")[0].GetProperty("url").GetString()!;
        byte[] picture = await subnet.Http.GetByteArrayAsync(new Uri(host.Address, image), Ct);
        Assert.Equal<byte>([0x89, (byte)'P', (byte)'N', (byte)'G'], picture[..4]);

        await host.FireAsync("QueryRound", Ct);
        await host.FireAsync("SetWeights", Ct);
        await host.FireAsync("Housekeeping", Ct);
        Assert.Equal(0, await host.TerminateAsync(Ct));
    }

    [Fact]
    public async Task Accepted_jobs_outlive_a_kill_of_the_worker()
    {
        await using AzureSubnet subnet = await AzureSubnet.StartAsync(miners: 1);
        List<string> ids = [];
        await using (WorkerHost first = await subnet.StartHeadAsync())
        {
            for (int i = 0; i < Jobs; i++) ids.Add(await SubmitAsync(subnet, first, i));
            await DoneAsync(subnet, first, ids[0]);
            await first.KillAsync();
            Assert.True(await IsUnfinishedAsync(subnet, ids[^1]), "All jobs were done before the kill: it proved nothing.");
        }

        await using WorkerHost next = await subnet.StartHeadAsync();
        foreach (string id in ids) Assert.Equal("succeeded", (await DoneAsync(subnet, next, id)).GetProperty("status").GetString());
        foreach (string queue in (string[])["organic-jobs", "score-jobs", "deliveries"])
            Assert.False(await new QueueClient(subnet.Storage, queue + "-poison").ExistsAsync(Ct), queue);
    }

    private static async Task<bool> IsUnfinishedAsync(AzureSubnet subnet, string id)
    {
        JobStore jobs = new(new AzureStorage(new() { ConnectionString = subnet.Storage }).Tables, TimeProvider.System);
        return !(await jobs.GetAsync(id, Ct))!.IsFinal;
    }

    // The local head has the same functions; its list is held exactly in Niche.Functions.Tests.
    private static IEnumerable<string> FunctionNames() => typeof(Functions.Local.LocalFunctionsHost).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods()).SelectMany(method => method.GetCustomAttributes(false))
        .OfType<Triggers.FunctionAttribute>().Select(function => function.Name).Order(StringComparer.Ordinal);

    private static async Task<string> SubmitAsync(AzureSubnet subnet, WorkerHost host, int seed)
    {
        using HttpResponseMessage response = await subnet.Http.PostAsJsonAsync(
            new Uri(host.Address, "v1/jobs"), new { prompt = "a red boat at sea", steps = 30, seed }, Ct);
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, $"{response.StatusCode} {await response.Content.ReadAsStringAsync(Ct)}\n{host.Output}");
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> DoneAsync(AzureSubnet subnet, WorkerHost host, string id)
    {
        JsonElement job = default;
        await Until.TrueAsync(async () =>
        {
            job = await subnet.Http.GetFromJsonAsync<JsonElement>(new Uri(host.Address, "v1/jobs/" + id), Ct);
            return job.GetProperty("status").GetString() is not ("queued" or "running");
        }, () => $"{job}\n{host.Output}");
        return job;
    }
}
