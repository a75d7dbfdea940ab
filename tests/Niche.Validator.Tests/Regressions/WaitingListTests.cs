using Niche.Storage;
using Niche.Storage.Jobs;
using Niche.Subnet.Jobs;
using Niche.Validator.Organic;
using Niche.Validator.Tests.Rig;
using Niche.Validator.Upkeep;

namespace Niche.Validator.Tests.Regressions;

/// <summary>Rows that stay on the waiting list count for ever: they shorten the queue and switch off running at once.</summary>
public sealed class WaitingListTests(ReferenceEndpoint endpoint)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Creating_a_job_again_after_its_unit_was_claimed_leaves_nothing_waiting()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobStore jobs = node.Get<JobStore>();
        Job job = await node.SubmitAsync();
        await jobs.ClaimAsync(job.Id, 0, "one", false, OrganicHandler.Lease, Ct);

        await jobs.CreateAsync(job, Ct);

        Assert.Equal(0, await jobs.CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
    }

    [Fact]
    public async Task Giving_back_what_another_owns_by_now_puts_nothing_on_the_list()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        JobStore jobs = node.Get<JobStore>();
        Job job = await node.SubmitAsync();
        UnitClaim lost = (await jobs.ClaimAsync(job.Id, 0, "one", false, OrganicHandler.Lease, Ct))!;
        await jobs.ClaimAsync(job.Id, 0, "two", true, OrganicHandler.Lease, Ct);

        await jobs.ReleaseAsync(lost.Unit, Ct);

        Assert.Equal(0, await jobs.CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
        Assert.Equal("two", (await node.JobAsync(job.Id)).Units[0].Owner);
    }

    [Fact]
    public async Task What_a_dead_process_left_on_the_list_is_swept_and_what_waits_stays()
    {
        await using TestSubnet subnet = await TestSubnet.StartAsync(endpoint);
        ValidatorNode node = await subnet.AddValidatorAsync();
        string dead = TimeOrderedId.Create(subnet.Time.GetUtcNow());
        await new JsonTable<WaitingUnit>(subnet.Storage.Tables, WorkNames.Waiting)
            .UpsertAsync(Ask.ImageModel, dead + "-000", new WaitingUnit(dead, 0), Ct);
        await node.SubmitAsync();
        await node.Get<Housekeeping>().RunAsync(Ct);
        Assert.Equal(2, await node.Get<JobStore>().CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
        subnet.Time.Advance(TimeSpan.FromMinutes(16));

        await node.Get<Housekeeping>().RunAsync(Ct);

        Assert.Equal(1, await node.Get<JobStore>().CountWaitingAsync(Ask.ImageModel, null, 10, Ct));
    }
}
