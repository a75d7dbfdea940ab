using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Upkeep;

namespace Niche.Validator.Tests.Jobs;

public sealed class HousekeepingTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Old_jobs_go_with_their_pictures_and_receipts_stay()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job old = await node.SubmitAsync(), failed = await node.SubmitAsync();
        await node.RunAsync(old.Id);
        await node.Get<JobStore>().CancelAsync(failed.Id, Ct);
        subnet.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Job young = await node.SubmitAsync();

        await node.Get<Housekeeping>().RunAsync(Ct);

        Assert.Null(await node.Get<JobStore>().GetAsync(old.Id, Ct));
        Assert.Null(await node.Get<JobStore>().GetAsync(failed.Id, Ct));
        Assert.Null(await node.PictureAsync(old.Id));
        Assert.Single(await node.ReceiptsAsync(old.Id));
        Assert.NotNull(await node.Get<JobStore>().GetAsync(young.Id, Ct));
        await foreach (TableRow row in subnet.Storage.Tables.QueryAllAsync(WorkNames.Jobs, Ct)) Assert.Equal(young.Id, row.Partition);
    }

    [Fact]
    public async Task What_a_process_left_that_died_before_its_job_was_written_goes_and_what_belongs_to_jobs_stays()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job alive = await node.SubmitAsync();
        await node.RunAsync(alive.Id);
        string dead = TimeOrderedId.Create(subnet.Time.GetUtcNow());
        await subnet.Storage.Blobs.PutAsync(WorkNames.Images, WorkNames.GivenPicture(dead), new byte[] { 1 }, "application/octet-stream", Ct);
        await new JsonTable<JobUnit>(subnet.Storage.Tables, WorkNames.Jobs).InsertAsync(dead, "unit-000", new JobUnit(dead, 0, JobStatus.Queued), Ct);
        await node.Get<Housekeeping>().RunAsync(Ct);
        Assert.Equal((true, 1), await LeftAsync());
        subnet.Time.Advance(TimeSpan.FromMinutes(16));

        await node.Get<Housekeeping>().RunAsync(Ct);

        Assert.Equal((false, 0), await LeftAsync());
        Assert.NotNull(await node.PictureAsync(alive.Id));
        Assert.Equal(JobStatus.Succeeded, (await node.JobAsync(alive.Id)).Status);

        async Task<(bool File, int Rows)> LeftAsync()
        {
            int rows = 0;
            await foreach (TableRow row in subnet.Storage.Tables.QueryAllAsync(WorkNames.Jobs, Ct)) rows += row.Partition == dead ? 1 : 0;
            return (await subnet.Storage.Blobs.ExistsAsync(WorkNames.Images, WorkNames.GivenPicture(dead), Ct), rows);
        }
    }

    [Fact]
    public async Task Old_idempotency_keys_are_forgotten_and_young_ones_kept()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobService service = node.Get<JobService>();
        Submission old = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("api", "old"), Ct);
        subnet.Time.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        Submission young = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("api", "young"), Ct);

        await node.Get<Housekeeping>().RunAsync(Ct);

        Submission oldAgain = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("api", "old"), Ct);
        Submission youngAgain = await service.SubmitAsync(Ask.Picture(), new SubmitOptions("api", "young"), Ct);
        Assert.NotEqual(old.Job!.Id, oldAgain.Job!.Id);
        Assert.Equal(young.Job!.Id, youngAgain.Job!.Id);
    }

    [Fact]
    public async Task A_unit_whose_message_was_lost_is_queued_again_and_painted()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync(Ask.Picture(count: 2));
        await node.RunAsync(job.Id, 0);
        foreach (QueueItem item in await subnet.Storage.Queues.ReceiveAsync(WorkNames.OrganicJobs, 32, TimeSpan.FromMinutes(1), Ct))
            await subnet.Storage.Queues.DeleteAsync(WorkNames.OrganicJobs, item.Id, item.PopReceipt, Ct);
        await node.Get<Housekeeping>().RunAsync(Ct);
        Assert.Equal(0, await subnet.Storage.Queues.CountAsync(WorkNames.OrganicJobs, Ct));
        subnet.Time.Advance(TimeSpan.FromMinutes(16));

        await node.Get<Housekeeping>().RunAsync(Ct);

        QueueItem again = Assert.Single(await subnet.Storage.Queues.ReceiveAsync(WorkNames.OrganicJobs, 32, TimeSpan.FromMinutes(1), Ct));
        Assert.Contains(job.Id, again.Body, StringComparison.Ordinal);
        await node.LookAroundAsync();
        Assert.Null(await node.RunAsync(job.Id, 1));
        Assert.Equal(JobStatus.Succeeded, (await node.JobAsync(job.Id)).Status);
    }
}
