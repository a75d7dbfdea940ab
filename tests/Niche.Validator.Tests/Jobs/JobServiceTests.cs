using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Errors;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Jobs;

public sealed class JobServiceTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_key_and_request_is_the_same_job()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        Submission first = await SubmitAsync(node, Ask.Picture(), "key"), again = await SubmitAsync(node, Ask.Picture(), "key");

        Assert.Equal((first.Job!.Id, false, true), (again.Job!.Id, first.Repeated, again.Repeated));
        Assert.Empty(again.Messages);
        Assert.Equal(1, await subnet.Storage.Queues.CountAsync(WorkNames.OrganicJobs, Ct));
    }

    [Fact]
    public async Task The_same_key_with_another_request_is_a_conflict()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        await SubmitAsync(node, Ask.Picture(1), "key");

        Submission other = await SubmitAsync(node, Ask.Picture(2), "key");

        Assert.Null(other.Job);
        Assert.Equal(ErrorCodes.IdempotencyConflict, Assert.Single(other.Errors).Code);
    }

    [Fact]
    public async Task The_keys_of_two_doors_are_different_keys()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobService service = node.Get<JobService>();

        Submission api = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("api", "key"), Ct);
        Submission bot = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("discord", "key"), Ct);

        Assert.NotEqual(api.Job!.Id, bot.Job!.Id);
    }

    [Fact]
    public async Task The_keys_of_two_owners_are_different_keys_and_a_job_says_whose_it_is()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobService service = node.Get<JobService>();
        Submission ann = await service.SubmitAsync(Ask.Picture(1), new SubmitOptions("api", "key", Owner: "ann"), Ct);
        Submission bob = await service.SubmitAsync(Ask.Picture(2), new SubmitOptions("api", "key", Owner: "bob"), Ct);
        Submission nobody = await service.SubmitAsync(Ask.Picture(3), new SubmitOptions("api", "key"), Ct);
        Assert.Equal(["ann", "bob", null], ((Submission[])[ann, bob, nobody]).Select(one => one.Job!.Owner));
        // Nor does the text of a key reach into another's.
        Submission posing = await service.SubmitAsync(Ask.Picture(4), new SubmitOptions("api", "ann/key"), Ct);
        Assert.NotEqual(ann.Job!.Id, posing.Job!.Id);
    }

    [Fact]
    public async Task What_a_door_keeps_of_a_job_is_there_before_the_job_and_after_a_crash_in_between_it_is_the_same_job()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobService service = node.Get<JobService>();
        List<string> kept = [];
        await Assert.ThrowsAsync<InvalidOperationException>(() => service.SubmitAsync(Ask.Picture(), Options(_ => throw new InvalidOperationException("the process dies here")), Ct));
        Assert.Null(await node.Get<JobStore>().GetAsync(Assert.Single(kept), Ct));
        Submission again = await service.SubmitAsync(Ask.Picture(), Options(_ => { }), Ct);
        Submission third = await service.SubmitAsync(Ask.Picture(), Options(_ => { }), Ct);
        Assert.Equal((false, true), (again.Repeated, third.Repeated));
        Assert.Equal([again.Job!.Id, again.Job.Id], kept);

        SubmitOptions Options(Action<Job> then) => new("api", "key")
        {
            Accepting = (job, _) =>
            {
                kept.Add(job.Id);
                then(job);
                return Task.CompletedTask;
            },
        };
    }

    [Fact]
    public async Task Many_at_once_under_one_key_make_one_job()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();

        Submission[] all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubmitAsync(node, Ask.Picture(), "key")));
        string id = Assert.Single(all.Select(submission => submission.Job!.Id).Distinct());
        foreach (QueueItem _ in await subnet.Storage.Queues.ReceiveAsync(WorkNames.OrganicJobs, 32, TimeSpan.FromMinutes(1), Ct)) await node.RunAsync(id);

        Assert.Single((await node.JobAsync(id)).Units);
        Assert.Single(await node.VerdictsAsync(miner.Hotkey));
        Assert.Equal(0, await node.Get<JobStore>().CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
    }

    [Fact]
    public async Task A_crash_between_the_key_and_the_job_is_healed_by_the_next_request()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        string reserved = TimeOrderedId.Create(subnet.Time.GetUtcNow());
        string digest = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Ask.Picture(), JsonSerializerOptions.Web)));
        string row = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("key")));
        await new JsonTable<IdempotencyRecord>(subnet.Storage.Tables, WorkNames.Idempotency)
            .InsertAsync("api", row, new IdempotencyRecord(reserved, digest), Ct);

        Submission healed = await SubmitAsync(node, Ask.Picture(), "key");

        Assert.Equal((reserved, false, 1), (healed.Job!.Id, healed.Repeated, healed.Messages.Count));
        Assert.Equal(JobStatus.Queued, (await node.JobAsync(reserved)).Status);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_says_when_to_come_back()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync(settings => settings["Validator:MaxWaitingUnits"] = "3");
        await node.SubmitAsync(Ask.Picture(count: 2));

        Submission refused = await SubmitAsync(node, Ask.Picture(count: 2));

        NicheError error = Assert.Single(refused.Errors);
        Assert.Equal(ErrorCodes.QueueFull, error.Code);
        Assert.NotNull(error.RetryAfter);
        await node.SubmitAsync(Ask.Picture(count: 1));
    }

    [Fact]
    public async Task The_place_in_the_queue_counts_the_units_before()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job first = await node.SubmitAsync(Ask.Picture(count: 2));
        subnet.Time.Advance(TimeSpan.FromMilliseconds(2));
        Job second = await node.SubmitAsync();
        WaitingTimes times = node.Get<WaitingTimes>();

        Assert.Equal(0, (await times.EstimateAsync(await node.JobAsync(first.Id), Ct)).Position);
        (int? position, TimeSpan? eta) = await times.EstimateAsync(await node.JobAsync(second.Id), Ct);
        Assert.Equal(2, position);
        Assert.True(eta > TimeSpan.Zero);
        await node.Get<JobStore>().CancelAsync(first.Id, Ct);
        Assert.Equal(0, (await times.EstimateAsync(await node.JobAsync(second.Id), Ct)).Position);
    }

    [Fact]
    public async Task A_bad_draft_is_refused_with_every_fault_and_leaves_nothing_behind()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();

        Submission refused = await SubmitAsync(node, Ask.Picture(seed: -1, count: 9, steps: 99, prompt: " "), "key");

        Assert.Equal(4, refused.Errors.Count);
        Assert.Equal(0, await subnet.Storage.Queues.CountAsync(WorkNames.OrganicJobs, Ct));
        Assert.NotNull((await SubmitAsync(node, Ask.Picture(), "key")).Job);
    }

    private static Task<Submission> SubmitAsync(ValidatorNode node, JobDraft draft, string? key = null) =>
        node.Get<JobService>().SubmitAsync(draft, new SubmitOptions("api", key), Ct);
}
