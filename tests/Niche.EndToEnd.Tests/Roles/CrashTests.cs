using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Niche.EndToEnd.Tests.Rig;
using Niche.Storage;
using Niche.Storage.Embedded;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Network;
using Niche.Validator.Receipts;

namespace Niche.EndToEnd.Tests.Roles;

[Collection(ProcessCollection.Name)]
public sealed class CrashTests
{
    private const int Jobs = 50;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fifty_accepted_jobs_outlive_a_kill_of_the_validator_and_finish_once_each()
    {
        await using RoleSubnet subnet = await RoleSubnet.StartAsync(miners: 1);
        BoxProgram functions = await subnet.StartFunctionsAsync();
        List<string> ids = [];
        for (int i = 0; i < Jobs; i++) ids.Add(await SubmitAsync(subnet, i));
        await Until.TrueAsync(async () => await CountDoneAsync(subnet, ids) >= 3, () => functions.Output);
        await functions.KillAsync();
        await using (EmbeddedStorage storage = Open(subnet))
        {
            JobStore jobs = new(storage.Tables, TimeProvider.System);
            int done = 0;
            foreach (string id in ids) done += (await jobs.GetAsync(id, Ct))!.IsFinal ? 1 : 0;
            Assert.InRange(done, 3, Jobs - 1);
        }

        BoxProgram next = await subnet.StartFunctionsAsync();
        await Until.TrueAsync(async () => await CountDoneAsync(subnet, ids) == Jobs, () => next.Output);
        await using EmbeddedStorage after = Open(subnet);
        await Until.TrueAsync(async () => await after.Queues.CountAsync(WorkNames.Deliveries, Ct) == 0, () => next.Output);
        Assert.Equal(0, await next.CloseInputAsync());

        await AssertOnceEachAsync(after, ids);
        foreach (string queue in WorkNames.Queues) Assert.Equal(0, await after.Queues.CountAsync(queue + QueueReplay.PoisonSuffix, Ct));
    }

    [Fact]
    public async Task A_miner_killed_in_the_middle_of_a_picture_costs_the_person_nothing()
    {
        await using RoleSubnet subnet = await RoleSubnet.StartAsync(miners: 2);
        BoxProgram functions = await subnet.StartFunctionsAsync();
        await Until.TrueAsync(async () => await CountOnlineAsync(subnet) == 2, () => functions.Output);

        Task<HttpResponseMessage> painting = subnet.Http.PostAsJsonAsync(
            new Uri(subnet.Api, "v1/images/generations"), new { prompt = "a castle in the mountains at noon", steps = 50, n = 1 }, Ct);
        RoleMiner? working = null;
        await Until.TrueAsync(
            async () =>
            {
                foreach (RoleMiner miner in subnet.Miners)
                {
                    if (await IsPaintingAsync(subnet, miner)) working = miner;
                }

                return working is not null;
            },
            () => functions.Output);
        await working!.Program.KillAsync();
        using HttpResponseMessage response = await painting;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(Ct);
        string receipt = answer.GetProperty("data")[0].GetProperty("receipt_id").GetString()!;
        JsonElement shown = await subnet.Http.GetFromJsonAsync<JsonElement>(new Uri(subnet.Api, "v1/receipts/" + receipt), Ct);
        Assert.Equal(subnet.Miners.Single(miner => miner != working).Hotkey, shown.GetProperty("miner_hotkey").GetString());
    }

    private static EmbeddedStorage Open(RoleSubnet subnet) => EmbeddedStorage.Open(new EmbeddedOptions(subnet.Storage), TimeProvider.System);

    private static async Task<string> SubmitAsync(RoleSubnet subnet, int seed)
    {
        using HttpResponseMessage response = await subnet.Http.PostAsJsonAsync(
            new Uri(subnet.Api, "v1/jobs"), new { prompt = "a red boat at sea", steps = 8, seed }, Ct);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(Ct)).GetProperty("id").GetString()!;
    }

    private static async Task<int> CountDoneAsync(RoleSubnet subnet, IReadOnlyList<string> ids)
    {
        int done = 0;
        foreach (string id in ids)
        {
            JsonElement job = await subnet.Http.GetFromJsonAsync<JsonElement>(new Uri(subnet.Api, "v1/jobs/" + id), Ct);
            if (job.GetProperty("status").GetString() is "queued" or "running") break;
            done++;
        }

        return done;
    }

    private static async Task<int> CountOnlineAsync(RoleSubnet subnet) =>
        (await subnet.Http.GetFromJsonAsync<JsonElement>(new Uri(subnet.Api, "health/ready"), Ct)).GetProperty("miners_online").GetInt32();

    private static async Task<bool> IsPaintingAsync(RoleSubnet subnet, RoleMiner miner)
    {
        JsonElement status = await subnet.Http.GetFromJsonAsync<JsonElement>(new Uri(miner.Axon, "/status"), Ct);
        return status.GetProperty("running").GetInt32() > 0;
    }

    private static async Task AssertOnceEachAsync(EmbeddedStorage storage, IReadOnlyList<string> ids)
    {
        JobStore jobs = new(storage.Tables, TimeProvider.System);
        ReceiptStore receipts = new(storage.Tables);
        List<StoredReceipt> all = [];
        await foreach (TableRow row in storage.Tables.QueryAllAsync(TableNames.Receipts, Ct))
        {
            // Beside the receipts the table leads from contents to them.
            if (await receipts.GetAsync(row.Partition, Ct) is { } receipt) all.Add(receipt);
        }

        Assert.Equal(Jobs, all.Count);
        foreach (string id in ids)
        {
            JobUnit unit = Assert.Single((await jobs.GetAsync(id, Ct))!.Units);
            Assert.Equal(JobStatus.Succeeded, unit.Status);
            StoredReceipt receipt = Assert.Single(all, candidate => candidate.Document.Receipt.JobId == id);
            Assert.Equal(unit.Result!.ReceiptId, receipt.Document.Receipt.Id);
            List<BlobInfo> files = [];
            await foreach (BlobInfo file in storage.Blobs.ListAsync(WorkNames.Images, id + "/", Ct)) files.Add(file);
            Blob picture = (await storage.Blobs.GetAsync(WorkNames.Images, Assert.Single(files).Name, Ct))!;
            Assert.Equal(receipt.Document.Receipt.ContentSha256, Convert.ToHexStringLower(SHA256.HashData(picture.Content.Span)));
        }
    }
}
