using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Organic;

public sealed class InterruptionTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_called_off_while_it_waits_is_never_painted()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();

        Assert.Equal(JobStatus.Cancelled, (await node.Get<JobStore>().CancelAsync(job.Id, Ct))!.Status);

        Assert.Null(await node.RunAsync(job.Id));
        Assert.Equal(JobStatus.Cancelled, (await node.JobAsync(job.Id)).Status);
        Assert.Empty(await node.VerdictsAsync(miner.Hotkey));
        Assert.Equal(0, await node.Get<JobStore>().CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
    }

    [Fact]
    public async Task A_job_called_off_while_it_runs_stops_and_keeps_what_is_done()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        HeldWork? work = null;
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync(Ask.Picture(count: 3));
        await node.RunAsync(job.Id, 0);
        TestMiner held = await subnet.AddMinerAsync(decorate: honest => work = new HeldWork(honest));
        await node.LookAroundAsync();
        await node.FavourAsync(held.Hotkey);

        Task<TimeSpan?> running = node.RunAsync(job.Id, 1);
        await work!.Begun;
        await node.Get<JobStore>().CancelAsync(job.Id, Ct);
        node.Get<JobEvents>().Changed(job.Id);

        Assert.Null(await running);
        JobSnapshot done = await node.JobAsync(job.Id);
        Assert.Equal(JobStatus.Cancelled, done.Status);
        Assert.Equal([JobStatus.Succeeded, JobStatus.Cancelled, JobStatus.Cancelled], done.Units.Select(unit => unit.Status));
        Assert.NotNull(await node.PictureAsync(job.Id, 0));
        Assert.Single(await node.ReceiptsAsync(job.Id));
    }

    [Fact]
    public async Task A_stopping_process_gives_its_unit_back_and_the_next_one_finishes_it()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        HeldWork? work = null;
        await subnet.AddMinerAsync(decorate: honest => work = new HeldWork(honest));
        ValidatorNode node = await subnet.AddValidatorAsync(), next = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        using CancellationTokenSource stopping = new();
        Task<TimeSpan?> running = node.Get<OrganicHandler>().RunAsync(new UnitMessage(job.Id, 0), stopping.Token);
        await work!.Begun;

        await stopping.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(JobStatus.Queued, (await node.JobAsync(job.Id)).Status);
        Assert.Equal(1, await node.Get<JobStore>().CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
        work.LetGo();

        Assert.Null(await next.RunAsync(job.Id));
        Assert.Equal(JobStatus.Succeeded, (await next.JobAsync(job.Id)).Status);
        Assert.Single(await next.ReceiptsAsync(job.Id));
    }
}
