using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Regressions;

public sealed class LeaseLostTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Lease = OrganicHandler.Lease;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_lost_its_lease_changes_neither_result_nor_picture_nor_receipt()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        HeldWork? work = null;
        await subnet.AddMinerAsync(decorate: honest => work = new HeldWork(honest));
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobStore jobs = node.Get<JobStore>();
        Job job = await node.SubmitAsync();
        Task<TimeSpan?> late = node.RunAsync(job.Id);
        await work!.Begun;
        UnitClaim stolen = (await jobs.ClaimAsync(job.Id, 0, "another", soleInstance: true, Lease, Ct))!;
        UnitResult result = new(7, TimeOrderedId.Create(subnet.Time.GetUtcNow()), 1, subnet.ValidatorHotkey, "0.png");
        await subnet.Storage.Blobs.PutAsync(WorkNames.Images, $"{job.Id}/0.png", new byte[] { 1, 2, 3 }, "image/png", Ct);
        Assert.True(await jobs.FinishAsync(stolen.Unit, JobStatus.Succeeded, result, null, Ct));

        work.LetGo();
        await late;

        JobUnit unit = (await node.JobAsync(job.Id)).Units[0];
        Assert.Equal((JobStatus.Succeeded, result), (unit.Status, unit.Result));
        Assert.Equal([1, 2, 3], await node.PictureAsync(job.Id));
        Assert.Empty(await node.ReceiptsAsync(job.Id));
        Assert.Equal(0, await subnet.Storage.Queues.CountAsync(WorkNames.Deliveries, Ct));
    }
}
