using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Regressions;

public sealed class CancelledTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Lease = OrganicHandler.Lease;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_given_back_after_its_job_was_called_off_is_not_painted()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        TestMiner miner = await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobStore jobs = node.Get<JobStore>();
        Job job = await node.SubmitAsync();
        UnitClaim claim = (await jobs.ClaimAsync(job.Id, 0, "another", false, Lease, Ct))!;
        await jobs.CancelAsync(job.Id, Ct);
        await jobs.ReleaseAsync(claim.Unit, Ct);

        Assert.Null(await node.RunAsync(job.Id));

        Assert.Equal(JobStatus.Cancelled, (await node.JobAsync(job.Id)).Status);
        Assert.Empty(await node.VerdictsAsync(miner.Hotkey));
    }
}
