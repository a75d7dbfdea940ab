using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;

namespace Niche.Validator.Tests.Regressions;

public sealed class ReceiptAfterCrashTests(ReferenceEndpoint endpoint)
{
    private static readonly TimeSpan Lease = OrganicHandler.Lease;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_unit_painted_again_after_a_crash_before_its_end_has_one_receipt()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        await subnet.AddMinerAsync();
        ValidatorNode node = await subnet.AddValidatorAsync(), next = await subnet.AddValidatorAsync();
        Job job = await node.SubmitAsync();
        UnitClaim claim = (await node.Get<JobStore>().ClaimAsync(job.Id, 0, node.Get<InstanceId>().Value, false, Lease, Ct))!;

        // Everything but the last write: then the process is gone and the lease runs out.
        Assert.NotNull((await node.Get<UnitPainter>().PaintAsync(job, claim.Unit, Ct)).Result);
        subnet.Time.Advance(Lease);
        Assert.Null(await next.RunAsync(job.Id));

        JobUnit unit = (await next.JobAsync(job.Id)).Units[0];
        Assert.Equal(unit.Result!.ReceiptId, Assert.Single(await next.ReceiptsAsync(job.Id)).Document.Receipt.Id);
    }
}
